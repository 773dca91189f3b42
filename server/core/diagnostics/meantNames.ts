import { nearest } from '../nearest'

/** What other tools and former debuggers call an attribute. */
const ALIASES: Readonly<Record<string, string>> = {
  macos: 'osx',
  mac: 'osx',
  darwin: 'osx',
  win: 'windows',
  win32: 'windows',
  environment: 'env',
  environments: 'env',
  envs: 'env',
  environmentVariables: 'env',
  envVars: 'env',
  arguments: 'args',
  argv: 'args',
  workingDirectory: 'cwd',
  workdir: 'cwd',
  file: 'program',
  script: 'program',
  interpreter: 'python',
  pythonpath: 'python',
  pid: 'processId',
  subprocess: 'subProcess',
  multiProcess: 'subProcess',
  multiprocess: 'subProcess',
  justmycode: 'justMyCode',
  stopAtEntry: 'stopOnEntry',
  externalConsole: 'console',
  terminal: 'console',
}

/** Another debugger's name of an attribute: what it means here is no guess. */
export function isAlias(name: string): boolean {
  return Object.hasOwn(ALIASES, name)
}

/** Of the attributes that may stand there, the one that a name is nearest to, or means elsewhere. */
export function meantAttribute(name: string, known: readonly string[]): string | undefined {
  const aliases = Object.keys(ALIASES).filter(each => known.includes(ALIASES[each] ?? ''))
  if (aliases.includes(name)) return ALIASES[name]
  const near = nearest(name, [...known, ...aliases])
  return near === undefined || known.includes(near) ? near : ALIASES[near]
}
