import type { Node } from 'jsonc-parser'
import { insertElement, insertProperty } from '../jsonEdit'
import { spanInString } from '../jsonStrings'
import { editDistance, nearest } from '../nearest'
import type { Fix, Severity, Span } from '../problem'
import { propertiesOf, visitTexts } from '../properties'
import type { VariableUse } from '../variables'
import { evaluateVariable, VARIABLE_NAMES } from '../variableValues'
import { remoteFolders } from '../workspaceFolders'
import type { Check, Scope, ScopeRule } from './check'
import { isForThisSystem } from './paths'

/** Variables that are not what they look like, or that stop the start. */
export const checkVariables: ScopeRule = (scope, _configuration, check) => {
  for (const property of scope.own.values()) {
    if (SECTIONS.has(property.name) && scope.system === undefined) continue
    if (property.name === 'name') continue
    visitTexts(property.value, (text, node) => {
      if (text.includes('$')) checkText({ check, scope, node, text, attribute: property.name })
    })
  }
}

const SECTIONS: ReadonlySet<string> = new Set(['windows', 'osx', 'linux'])

/** Names that VS Code knows, with those that its other parts contribute. */
const KNOWN: ReadonlySet<string> = new Set([...VARIABLE_NAMES, 'defaultBuildTask', 'taskVar'])

interface Place {
  readonly check: Check
  readonly scope: Scope
  readonly node: Node
  readonly text: string
  /** The attribute of the configuration that the text belongs to. */
  readonly attribute: string
}

function checkText(place: Place): void {
  const uses = place.check.usesIn(place.text)
  for (const use of uses) {
    if (use.inner.includes('${')) reportNested(place, use)
    else if (KNOWN.has(use.name)) checkKnown(place, use)
    else checkUnknown(place, use)
  }
  checkUnclosed(place, uses)
  if (place.text.includes('$(')) checkParentheses(place)
}

function checkParentheses(place: Place): void {
  for (const { index, 0: written, 1: name = '' } of place.text.matchAll(/\$\(\s*(\w+)\s*\)/g)) {
    if (!KNOWN.has(name)) continue
    const message = `A variable stands in braces: write \${${name}}. As it is, it stays text.`
    report(place, 'unknown-variable', index, written.length, message, { replacement: `\${${name}}` })
  }
}

function checkKnown(place: Place, use: VariableUse): void {
  const { check } = place
  const current = RENAMED[use.name]
  if (NEEDS_ARGUMENT.has(use.name) && !use.argument) {
    const example = NEEDS_ARGUMENT.get(use.name)
    const message = `${use.text} needs a name behind a colon, as in ${example}: the start is refused.`
    report(place, 'variable-without-argument', use.offset, use.length, message)
  } else if (current !== undefined) {
    const replacement = `\${${current}${use.argument === undefined ? '' : `:${use.argument}`}}`
    const message = `\${${use.name}} is the former name of \${${current}}.`
    report(place, 'deprecated-variable', use.offset, use.length, message, { replacement, deprecated: true })
  }
  if (OF_FOLDER.has(use.name)) checkFolder(place, use)
  else if (use.name === 'env' && use.argument) checkEnvironment(place, use, use.argument)
  else if (use.name === 'config' && use.argument) checkSetting(place, use, use.argument)
  else if (use.name === 'command' && use.argument) checkCommand(place, use, use.argument)
  else if (use.name === 'input' && use.argument) checkInput(check, place.node, use, use.argument)
}

/** `${input:…}` in a configuration of any type. */
export function checkInput(check: Check, node: Node, use: VariableUse, id: string): void {
  if (check.inputs.has(id)) return
  const meant = nearest(id, check.inputs)
  const span = spanInString(check.text, node, use.offset, use.length)
  const question = meant === undefined ? ' Define it in "inputs".' : ` Did you mean "${meant}"?`
  check.report('undefined-input', span, `There is no input "${id}": the start is refused.${question}`, {
    fixes: [
      ...(meant === undefined
        ? []
        : [
            {
              title: `Change to \${input:${meant}}`,
              edits: [{ span, newText: `\${input:${meant}}` }],
              preferred: true,
              isGuess: true,
            },
          ]),
      ...defineInput(check.text, check.document.section, id),
    ],
  })
}

/** Puts an input of this id into the list of inputs, which is made when there is none. */
export function defineInput(text: string, section: Node | undefined, id: string): readonly Fix[] {
  if (section?.type !== 'object') return []
  const list = propertiesOf(section).get('inputs')?.value
  const input = { id, type: 'promptString', description: id }
  const edit =
    list?.type === 'array'
      ? insertElement(text, list, input)
      : insertProperty(text, section, 'inputs', [input])
  return [{ title: `Define the input "${id}"`, edits: [edit] }]
}

function checkFolder(place: Place, use: VariableUse): void {
  const { check } = place
  if (use.argument) {
    const { files, folders, workspaceFile } = check.facts
    const names = folders.map(folder => folder.name)
    if (names.includes(use.argument) || remoteFolders(files, workspaceFile).includes(use.argument)) return
    const meant = nearest(use.argument, names)
    const message =
      `No open folder is named "${use.argument}": the start is refused. ` +
      (names.length === 0 ? 'No folder is open.' : `Open are: ${names.join(', ')}.`)
    report(place, 'unknown-folder', use.offset, use.length, message, {
      ...(meant === undefined ? {} : { replacement: `\${${use.name}:${meant}}`, isGuess: true as const }),
      ...(check.facts.isLaunchJson ? {} : { severity: 'error' }),
    })
    return
  }
  if (check.variables.folder !== undefined || check.facts.folders.length < 2 || use.name === 'cwd') return
  const first = check.facts.folders[0]?.name ?? ''
  const message =
    `This configuration belongs to no folder, and several are open: the start is refused. Name one, as in ` +
    `\${${use.name}:${first}}.`
  report(place, 'ambiguous-folder', use.offset, use.length, message, {
    replacement: `\${${use.name}:${first}}`,
  })
}

function checkEnvironment(place: Place, use: VariableUse, name: string): void {
  const { check, attribute } = place
  if (attribute === 'python' || attribute === 'envFile') {
    const message =
      `VS Code puts nothing in the place of ${use.text} in "${attribute}" (launch-ls puts the value). ` +
      'A path from ${workspaceFolder} or ${userHome} works in both.'
    report(place, 'env-lost-in-vscode', use.offset, use.length, message)
    return
  }
  // An empty PYTHONPATH is the usual state of things.
  if (name === 'PYTHONPATH' || !isForThisSystem(place.scope, check)) return
  const value = evaluateVariable(use.inner, check.variables)
  if (value.kind !== 'value' || value.value !== '') return
  const message = `${name} is not set here now: unless the editor sets it, nothing stands in this place.`
  report(place, 'env-not-set', use.offset, use.length, message)
}

function checkSetting(place: Place, use: VariableUse, key: string): void {
  if (key === 'python.pythonPath' || key === 'python.interpreterPath') {
    const message = `The setting ${key} is no more: ask for the chosen interpreter.`
    const replacement = '${command:python.interpreterPath}'
    report(place, 'deprecated-variable', use.offset, use.length, message, { replacement, deprecated: true })
    return
  }
  const value = evaluateVariable(use.inner, place.check.variables)
  if (value.kind !== 'error') return
  const isObject = value.message.includes('structured')
  const message = isObject
    ? `The setting ${key} is an object, and only a single value can be put here: the start is refused.`
    : `The setting ${key} is not set here. VS Code may know a default; elsewhere the start is refused.`
  report(place, 'unknown-setting', use.offset, use.length, message, {
    ...(isObject ? { severity: 'error' } : {}),
  })
}

function checkCommand(place: Place, use: VariableUse, command: string): void {
  if (COMMANDS.includes(command)) return
  const meant =
    COMMANDS.find(each => each.toLowerCase() === command.toLowerCase()) ?? nearest(command, COMMANDS)
  if (meant === undefined) return
  const message = `There is no command "${command}": the start is refused. Did you mean "${meant}"?`
  report(place, 'unknown-command', use.offset, use.length, message, { replacement: `\${command:${meant}}` })
}

/** Commands that a Python configuration can ask for a value. */
export const COMMANDS: readonly string[] = [
  'python.interpreterPath',
  'pickProcess',
  'pickArgs',
  'debugpy.pickLocalProcess',
  'debugpy.pickArgs',
]

/** Command lines have a `${…}` syntax of their own (Hydra, OmegaConf): only sure slips are told there. */
function checkUnknown(place: Place, use: VariableUse): void {
  const inArgs = place.attribute === 'args'
  const dotted = /^(env|config|command|input)\.(.+)$/.exec(use.inner)
  const meant = dotted === null ? likelyMeant(use, inArgs) : `${dotted[1]}:${dotted[2]}`
  if (meant === undefined && inArgs && OF_EVERY_SHELL.has(use.inner)) {
    const message = `${use.text} stays as it is written: an environment variable is \${env:${use.name}}.`
    const told = { severity: 'hint', replacement: `\${env:${use.name}}`, isGuess: true } as const
    report(place, 'not-expanded', use.offset, use.length, message, told)
    return
  }
  if (meant === undefined && (inArgs || use.name === '')) return
  const severity: Severity | undefined =
    dotted !== null && inArgs ? 'hint' : meant === undefined && place.attribute === 'env' ? 'hint' : undefined
  const message =
    meant === undefined
      ? `There is no variable ${use.text}: it stays as it is written.`
      : `There is no variable ${use.text}: it stays as it is written. Did you mean \${${meant}}?${joined(place, meant)}`
  report(place, 'unknown-variable', use.offset, use.length, message, {
    ...(meant === undefined ? {} : { replacement: `\${${meant}}` }),
    ...(severity === undefined ? {} : { severity }),
  })
}

/** Other names in capitals may be placeholders that the program fills itself. */
const OF_EVERY_SHELL: ReadonlySet<string> = new Set([
  'HOME',
  'USER',
  'PATH',
  'PWD',
  'TMPDIR',
  'USERNAME',
  'USERPROFILE',
])

function joined(place: Place, meant: string): string {
  if (place.attribute !== 'env' || meant !== 'env:PYTHONPATH') return ''
  return ' PYTHONPATH of the environment is put behind this one anyway.'
}

function likelyMeant(use: VariableUse, inArgs: boolean): string | undefined {
  const name = use.name.trim()
  const lower = name.toLowerCase()
  const argument = use.argument === undefined ? '' : `:${use.argument}`
  const isConstant = /^[A-Z_][A-Z0-9_]*$/.test(name)
  const sameLetters = [...KNOWN].find(known => known.toLowerCase() === lower)
  if (isConstant && (sameLetters === undefined || inArgs)) {
    return inArgs || use.argument !== undefined ? undefined : `env:${name}`
  }
  if (sameLetters !== undefined) return sameLetters + argument
  const near = nearest(name, KNOWN)
  // A short word is near to many.
  const sure =
    near !== undefined && (!inArgs || (name.length >= 8 && editDistance(lower, near.toLowerCase(), 3) < 3))
  return sure ? near + argument : undefined
}

function reportNested(place: Place, use: VariableUse): void {
  const message =
    'A variable inside a variable is not replaced: both stay as they are written, or give nothing.'
  report(place, 'nested-variable', use.offset, use.length, message)
}

function checkUnclosed(place: Place, uses: readonly VariableUse[]): void {
  let start = place.text.indexOf('${')
  let next = 0
  while (start >= 0) {
    while (next < uses.length && endOf(uses[next]) <= start) next++
    const use = uses[next]
    const inside = use !== undefined && use.offset <= start ? use : undefined
    const name = inside === undefined ? /^\w+/.exec(place.text.slice(start + 2, start + 40))?.[0] : undefined
    if (name !== undefined && KNOWN.has(name)) {
      const message = `This variable has no closing brace and stays as it is written.`
      const more = NEEDS_ARGUMENT.has(name) ? {} : { replacement: `\${${name}}` }
      report(place, 'unclosed-variable', start, name.length + 2, message, more)
    }
    start = place.text.indexOf('${', inside === undefined ? start + 2 : endOf(inside))
  }
}

function endOf(use: VariableUse | undefined): number {
  return use === undefined ? 0 : use.offset + use.length
}

interface Told {
  readonly replacement?: string
  readonly severity?: Severity
  readonly deprecated?: true
  /** The program may want the text as it is. */
  readonly isGuess?: true
}

function report(
  { check, node, text }: Place,
  code: Parameters<Check['report']>[0],
  start: number,
  length: number,
  message: string,
  { replacement, severity, deprecated, isGuess }: Told = {},
): void {
  const span: Span = spanInString(check.text, node, start, length)
  const fixes: Fix[] =
    replacement === undefined || text.includes('\\')
      ? []
      : [
          {
            title: `Change to ${replacement}`,
            edits: [{ span, newText: replacement }],
            ...(isGuess ? {} : { preferred: true }),
          },
        ]
  check.report(code, span, message, {
    fixes,
    ...(severity === undefined ? {} : { severity }),
    ...(deprecated === undefined ? {} : { tags: ['deprecated'] }),
  })
}

const RENAMED: Readonly<Record<string, string>> = {
  workspaceRoot: 'workspaceFolder',
  workspaceRootFolderName: 'workspaceFolderBasename',
}

const OF_FOLDER: ReadonlySet<string> = new Set([
  'workspaceFolder',
  'workspaceRoot',
  'workspaceFolderBasename',
  'workspaceRootFolderName',
  'cwd',
])

/** With an example each. */
const NEEDS_ARGUMENT: ReadonlyMap<string, string> = new Map([
  ['env', '${env:HOME}'],
  ['config', '${config:python.envFile}'],
  ['input', '${input:id}'],
  ['command', '${command:pickProcess}'],
  ['extensionInstallFolder', '${extensionInstallFolder:publisher.name}'],
])
