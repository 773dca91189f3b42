import { parseEnvFile } from '../envFile'
import type { Files, Host } from '../host'
import { pathsOf } from '../staticText'

export interface NamedInProject {
  readonly name: string
  readonly detail: string
}

/** Names that an env file is to set: those of the examples beside it, then those that the program reads. */
export function namesInProject(
  files: Files,
  host: Host,
  envFile: string,
  folder: string | undefined,
): readonly NamedInProject[] {
  const { dirname, basename } = pathsOf(host)
  const beside = dirname(envFile)
  return [
    ...namesOfExamples(files, host, beside, basename(envFile)),
    ...namesInPython(files, host, folder ?? beside),
  ]
}

function namesOfExamples(files: Files, host: Host, folder: string, own: string): readonly NamedInProject[] {
  return EXAMPLES.filter(file => file !== own).flatMap(file => {
    const text = files.read(pathsOf(host).join(folder, file))
    if (text === undefined) return []
    return parseEnvFile(text, 'debugpy').value.entries.map(({ key }) => ({ name: key, detail: `in ${file}` }))
  })
}

const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist']

/** What `os.environ` and `os.getenv` are asked for in the files of the folder itself, as far as that is quick. */
function namesInPython(files: Files, host: Host, folder: string): readonly NamedInProject[] {
  const scripts = files.list(folder).filter(name => name.endsWith('.py'))
  return scripts
    .toSorted()
    .slice(0, READ)
    .flatMap(file => {
      const text = files.read(pathsOf(host).join(folder, file))?.slice(0, CHARACTERS) ?? ''
      return [...text.matchAll(ASKED)].map(([, , name = '']) => ({ name, detail: `read in ${file}` }))
    })
}

const READ = 40
const CHARACTERS = 50_000
const ASKED = /\b(?:environ\s*\[\s*|environ\.(?:get|pop|setdefault)\(\s*|getenv\(\s*)(["'])([A-Za-z_]\w*)\1/g
