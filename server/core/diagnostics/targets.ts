import type { Node } from 'jsonc-parser'
import { commandWords } from '../commandWords'
import { absolutePath } from '../configurationPaths'
import { spanOf } from '../json'
import {
  insertProperty,
  jsonText,
  removeChild,
  removeChildren,
  replaceNode,
  type TextEdit,
} from '../jsonEdit'
import type { Fix } from '../problem'
import { type Property, stringNodes, textOf } from '../properties'
import { MODULE_COMMANDS } from '../runnableModules'
import type { Check, Scope, ScopeRule } from './check'
import { folderOfScope } from './paths'
import { isInterpreterName, isPlaceholder } from './programTexts'

/** Whether there is something to run, and whether it can be what it says. */
export const checkTarget: ScopeRule = (scope, configuration, check) => {
  if (configuration.request !== 'launch') return
  if (scope.system === undefined && !configuration.scopes.some(hasTarget)) reportMissing(check, scope)
  const program = scope.own.get('program')
  const module = scope.own.get('module')
  if (program?.value?.type === 'string') checkProgramText(check, scope, program)
  if (module?.value?.type === 'string') checkModuleText(check, scope, module)
  if (scope.own.has('args')) checkApplication(check, scope)
}

/** Attributes that need a terminal, or another system. */
export const checkConsole: ScopeRule = (scope, configuration, check) => {
  const console = textOf(scope.get('console'))
  if (configuration.request !== 'launch') return
  if (console === 'internalConsole') {
    const args = scope.own.has('args') || scope.own.has('console') ? scope.get('args') : undefined
    if (args?.value?.type === 'string' && String(args.value.value).trim() !== '')
      reportShellArgs(check, args.value)
    for (const name of ['waitOnNormalExit', 'waitOnAbnormalExit']) {
      const wait = scope.get(name)
      if (wait?.value?.value !== true) continue
      const message =
        `"${name}" needs a terminal: with "console": "internalConsole" it is left out here, and VS Code refuses ` +
        'the start.'
      check.report('needs-terminal', wait.key, message)
    }
  }
  const sudo = scope.get('sudo')
  const onWindows =
    scope.system === 'windows' || (scope.system === undefined && check.facts.host.platform === 'win32')
  if (sudo?.value?.value === true && onWindows) {
    check.report('not-on-windows', sudo.key, 'There is no sudo on Windows: the start is refused.')
  }
}

const TARGETS = ['program', 'module', 'code'] as const

function hasTarget(scope: Scope): boolean {
  return TARGETS.some(name => {
    const value = scope.own.get(name)?.value
    return value !== undefined && !isEmpty(value)
  })
}

/** Null counts as if it were not there. */
function isEmpty(node: Node): boolean {
  return node.type === 'null' || node.value === '' || (node.type === 'array' && !node.children?.length)
}

function reportMissing(check: Check, scope: Scope): void {
  // The editor fills in what to run.
  if (stringNodes(scope.own.get('purpose')?.value).length > 0 || scope.own.has('debugServer')) return
  const [empty, ...others] = TARGETS.flatMap(name => scope.own.get(name) ?? [])
  const place = empty?.value ?? scope.own.get('name')?.value ?? { offset: scope.node.offset, length: 1 }
  const message = 'There is nothing to run: "program", "module" or "code" is needed, or the start is refused.'
  const fix: Fix =
    empty === undefined
      ? {
          title: 'Run the file in the editor',
          edits: [
            insertProperty(check.text, scope.node, 'program', '${file}', scope.own.get('request')?.node),
          ],
          preferred: true,
          isGuess: true,
        }
      : {
          title: 'Run the file in the editor',
          edits: [
            { span: spanOf(empty.node), newText: '"program": "${file}"' },
            ...removeChildren(
              check.text,
              others.map(({ node }) => node),
            ),
          ],
        }
  check.report('missing-target', place, message, { fixes: [fix] })
}

function checkProgramText(check: Check, scope: Scope, program: Property): void {
  const text = textOf(program) ?? ''
  const node = program.value
  if (node === undefined) return
  if (isPlaceholder(text)) {
    if (exists(check, scope, text)) return
    const message = `${jsonText(text)} is a placeholder: name the file to run.`
    check.report('placeholder', node, message)
    return
  }
  const option = /^-m(?:\s+(\S+)(?:\s+(\S.*))?)?$/.exec(text)
  if (option !== null) {
    const message =
      '"program" is a file. For a module write "module" with its name alone, and what follows it in "args".'
    check.report('not-a-program', node, message, {
      fixes: moduleFix(check, scope, program, option[1], option[2]),
    })
  } else if (isInterpreterName(text)) {
    const message = '"program" is the file to run; the interpreter, if it is not the chosen one, is "python".'
    check.report('not-a-program', node, message, { fixes: firstAsProgram(check, scope, node) })
  } else if (MODULE_COMMANDS.has(text) && !isThere(check, scope, text)) {
    const message = `"program" is a file: to run ${text}, write it as "module".`
    check.report('not-a-program', node, message, { fixes: moduleFix(check, scope, program, text) })
  } else if (text.startsWith('-')) {
    check.report('not-a-program', node, '"program" is a file; options of Python go into "pythonArgs".')
  } else if (/\.pyw?\s+\S/.test(text)) {
    check.report('not-a-program', node, '"program" is a file alone: what follows it goes into "args".', {
      fixes: splitFix(check, scope, node, text),
    })
  }
}

/** `"program": "-m", "args": ["uvicorn", …]` → `"module": "uvicorn", "args": […]`. */
function moduleFix(
  check: Check,
  scope: Scope,
  program: Property,
  written: string | undefined,
  rest?: string,
): readonly Fix[] {
  const first = written === undefined ? stringNodes(scope.own.get('args')?.value)[0] : undefined
  const name = written ?? first?.value
  if (typeof name !== 'string' || scope.get('module') !== undefined) return []
  const span = { offset: program.node.offset, length: program.node.length }
  const added = rest === undefined ? [] : argumentsEdits(check, scope, program.node, rest)
  if (added === undefined) return []
  const edits = [{ span, newText: `"module": ${jsonText(name)}` }, ...added]
  return [
    {
      title: `Change to "module": ${jsonText(name)}`,
      edits: first === undefined ? edits : [...edits, ...removeChild(check.text, first)],
      preferred: true,
    },
  ]
}

function isThere(check: Check, scope: Scope, text: string): boolean {
  const path = absolutePath(check.paths, text, folderOfScope(check, scope))
  return path === undefined || check.kind(path) !== undefined
}

function exists(check: Check, scope: Scope, text: string): boolean {
  const path = absolutePath(check.paths, text, folderOfScope(check, scope))
  return path !== undefined && check.kind(path) === 'file'
}

/** `"program": "python", "args": ["main.py", …]` → `"program": "main.py", "args": […]`. */
function firstAsProgram(check: Check, scope: Scope, node: Node): readonly Fix[] {
  const first = stringNodes(scope.own.get('args')?.value)[0]
  if (first === undefined || !/\.pyw?$/.test(String(first.value))) return []
  const edits = [replaceNode(node, String(first.value)), ...removeChild(check.text, first)]
  return [{ title: `Change to ${jsonText(first.value)}`, edits, preferred: true }]
}

function splitFix(check: Check, scope: Scope, node: Node, text: string): readonly Fix[] {
  const end = /\.pyw?(?=\s)/.exec(text)
  if (end === null) return []
  const cut = end.index + end[0].length
  return argumentsFix(check, scope, node, text.slice(0, cut), text.slice(cut))
}

/** `name` stays, and what followed it goes into `args`. */
function argumentsFix(check: Check, scope: Scope, node: Node, name: string, rest: string): readonly Fix[] {
  const added = argumentsEdits(check, scope, node.parent, rest)
  if (added === undefined) return []
  const edits = [replaceNode(node, name), ...added]
  return [{ title: 'Move the arguments to "args"', edits, preferred: true }]
}

/** The words become `args`, or the first of those in the list. */
function argumentsEdits(
  check: Check,
  scope: Scope,
  after: Node | undefined,
  words: string,
): readonly TextEdit[] | undefined {
  const own = scope.own.get('args')
  const args = commandWords(words, check.facts.host.platform)
  if (own === undefined) return [insertProperty(check.text, scope.node, 'args', args, after)]
  if (own.value?.type !== 'array') return undefined
  const [first] = own.value.children ?? []
  if (first === undefined) return [replaceNode(own.value, args)]
  const newText = args.map(word => `${jsonText(word)}, `).join('')
  return [{ span: { offset: first.offset, length: 0 }, newText }]
}

function checkModuleText(check: Check, scope: Scope, module: Property): void {
  const text = textOf(module) ?? ''
  const node = module.value
  if (node === undefined || text === '' || text.includes('${')) return
  if (isPlaceholder(text)) {
    check.report('placeholder', node, `${jsonText(text)} is a placeholder: name the module to run.`)
    return
  }
  const bare = text.replace(/^-m\s*/, '')
  if (bare !== text) {
    const fixes: Fix[] = [
      { title: `Change to ${jsonText(bare)}`, edits: [replaceNode(node, bare)], preferred: true },
    ]
    check.report('not-a-module', node, '"module" is the name alone, without -m.', { fixes })
    return
  }
  const [, name, rest] = /^([\w.]+)\s+(\S.*)$/.exec(text) ?? []
  if (name !== undefined && rest !== undefined) {
    check.report('not-a-module', node, '"module" is a name alone: what follows it goes into "args".', {
      fixes: argumentsFix(check, scope, node, name, rest),
    })
    return
  }
  if (!/[\\/]|\.py$/.test(text)) return
  const dotted = text
    .replace(/^\.[\\/]/, '')
    .replace(/\.py$/, '')
    .replaceAll(/[\\/]+/g, '.')
  const path = absolutePath(check.paths, text, folderOfScope(check, scope))
  const isFile = path !== undefined && check.kind(path) === 'file'
  const asProgram: Fix = {
    title: 'Change to "program"',
    edits: [{ span: { offset: module.key.offset, length: module.key.length }, newText: '"program"' }],
    preferred: isFile,
  }
  const asModule: Fix = {
    title: `Change to ${jsonText(dotted)}`,
    edits: [replaceNode(node, dotted)],
    preferred: !isFile,
    isGuess: true,
  }
  const message = `"module" takes a dotted name such as ${jsonText(dotted)}, and Python finds none of this name.`
  check.report('not-a-module', node, message, {
    fixes: isFile ? [asProgram, asModule] : [asModule, asProgram],
  })
}

/** `uvicorn src/main.py` where `uvicorn src.main:app` is meant. */
function checkApplication(check: Check, scope: Scope): void {
  if (textOf(scope.get('module')) !== 'uvicorn') return
  const first = scope.own.get('args')?.value?.children?.[0]
  const text = first?.type === 'string' ? String(first.value) : ''
  if (first === undefined || text === '' || /^-|:|\$\{/.test(text)) return
  const module = text
    .replace(/\.py$/, '')
    .replace(/^\.[\\/]/, '')
    .replaceAll(/[\\/]+/g, '.')
  const meant = `${module}:app`
  const message = `uvicorn wants a module and the name of the application in it, such as ${jsonText(meant)}.`
  check.report('file-as-application', first, message, {
    fixes: [
      {
        title: `Change to ${jsonText(meant)}`,
        edits: [replaceNode(first, meant)],
        preferred: true,
        isGuess: true,
      },
    ],
  })
}

function reportShellArgs(check: Check, node: Node): void {
  const text = String(node.value)
  const message =
    'Arguments in one text are for the shell of a terminal: with "console": "internalConsole" they are split into ' +
    'words here, and VS Code refuses the start. Write a list.'
  check.report('args-need-terminal', node, message, {
    fixes: text.includes('${')
      ? []
      : [
          {
            title: 'Make it a list',
            edits: [replaceNode(node, commandWords(text, check.facts.host.platform))],
            preferred: true,
          },
        ],
  })
}
