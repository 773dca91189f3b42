/**
 * The main job, as an editor does it: a language client and a debug client in a hundred lines. `npm start` runs it
 * on this folder; it is also the shortest answer to "what must my editor do?".
 */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ConfigurationItem, StartDebugResult } from '../server/protocol'
import { connectDap, startSession } from '../test/support/dapClient'
import { startLspClient, testPython } from '../test/support/lspClient'

const folder = join(process.cwd(), 'sample')
const launchJson = join(folder, '.vscode', 'launch.json')
const envFile = join(folder, '.env')
const program = join(folder, 'app.py')
/** `text = …` in greet(): its local `greeting` comes from .env. */
const LINE = 8

interface StackFrame {
  id: number
  name: string
  line: number
  source?: { path?: string }
}
interface Named {
  name: string
  value: string
  variablesReference: number
}

const title = (text: string) => process.stdout.write(`\n${text}\n`)
const line = (text: string) => process.stdout.write(`  ${text}\n`)

const editor = await startLspClient({
  folders: [folder],
  settings: { 'python.defaultInterpreterPath': testPython() },
})
try {
  title('Configurations of sample/.vscode/launch.json')
  const { items } = await editor.request<{ items: ConfigurationItem[] }>('debug/configurations', {})
  for (const { name, type, request } of items) line(`${name}  (${type}, ${request})`)

  title('What launch-ls says about its files before anything starts')
  for (const file of [launchJson, envFile]) {
    for (const { range, code, message } of await editor.diagnostics(file, found => found.length > 0)) {
      line(`${relative(folder, file)}:${range.start.line + 1}: ${message} [${code}]`)
    }
  }

  title('F5 on "Greet", with a breakpoint in app.py')
  const began = performance.now()
  const started = await editor.request<StartDebugResult>('startDebug', { configuration: 'Greet' })
  const [session] = started.sessions
  if (session === undefined) throw new Error('startDebug answered without a session')
  const debug = await connectDap(session.endpoint)
  await startSession(debug, { ...session.configuration }, { breakpoints: { [program]: [LINE] } })
  const { threadId } = await debug.waitFor('stopped')
  line(`stopped after ${Math.round(performance.now() - began)} ms`)
  const { stackFrames } = (await debug.request('stackTrace', { threadId })) as unknown as {
    stackFrames: StackFrame[]
  }
  for (const frame of stackFrames)
    line(`at ${frame.name}  ${relative(folder, frame.source?.path ?? '')}:${frame.line}`)
  const frameId = stackFrames[0]?.id
  const { scopes } = (await debug.request('scopes', { frameId })) as unknown as { scopes: Named[] }
  const locals = scopes[0]?.variablesReference
  const { variables } = (await debug.request('variables', { variablesReference: locals })) as unknown as {
    variables: Named[]
  }
  for (const { name, value } of variables) line(`${name} = ${value}`)
  const { result } = await debug.request('evaluate', {
    expression: "os.environ['PEOPLE']",
    frameId,
    context: 'repl',
  })
  line(`os.environ['PEOPLE'] = ${result}   (from .env)`)

  await debug.request('setBreakpoints', { source: { path: program }, breakpoints: [] })
  await debug.request('continue', { threadId })
  const { exitCode } = await debug.waitFor('exited')
  await debug.waitFor('terminated')
  for (const text of debug.output('stdout').trimEnd().split('\n')) line(`│ ${text}`)
  line(`exit code ${exitCode}`)
  debug.end()
} finally {
  await editor.stop()
}

title('Your editor')
const [, editors = ''] =
  /<!-- editors -->\n([\s\S]*?)<!-- end -->/.exec(readFileSync('README.md', 'utf8')) ?? []
process.stdout.write(editors.replaceAll(/^/gm, '  '))
