import type { Node } from 'jsonc-parser'
import { insertProperty, replaceNode } from '../jsonEdit'
import { editDistance, nearest } from '../nearest'
import type { Fix } from '../problem'
import { textOf } from '../properties'
import type { Check, Configuration } from './check'

/** `type` and `request`: without them nothing starts. Types of other extensions are theirs. */
export function checkTypes(check: Check): void {
  for (const configuration of check.configurations) {
    checkType(check, configuration)
    if (configuration.isPython) checkRequest(check, configuration)
  }
}

function checkType(check: Check, configuration: Configuration): void {
  const property = configuration.own.get('type')
  const type = textOf(property)
  for (const { system, own } of configuration.scopes) {
    const value = system === undefined ? undefined : own.get('type')?.value
    if (value !== undefined && !(typeof value.value === 'string' && value.value !== '')) {
      check.report(
        'missing-type',
        value,
        `A "type" is a text: with this one a start on ${system} is refused.`,
      )
    }
  }
  if (!type || property?.value === undefined) {
    // Each system may have a debugger of its own.
    if (configuration.scopes.some(({ system, own }) => system !== undefined && own.has('type'))) return
    const place = property?.value ?? property?.key ?? brace(configuration)
    const message = 'Without a "type" nobody knows which debugger to start: for Python it is "debugpy".'
    const fixes =
      property === undefined
        ? [insertFix(check, configuration, 'type', 'debugpy')].map(fix => ({ ...fix, isGuess: true }))
        : []
    check.report('missing-type', place, message, { fixes })
    return
  }
  const value = property.value
  const fixes: Fix[] = [
    { title: 'Change to "debugpy"', edits: [replaceNode(value, 'debugpy')], preferred: true },
  ]
  if (type === 'python') {
    const message = '"python" is the former name of this debugger and still works: write "debugpy".'
    check.report('deprecated-type', value, message, { fixes, tags: ['deprecated'] })
  } else if (configuration.isPython && type !== 'debugpy') {
    const message = `VS Code finds "${type}" whatever its case, other editors do not: write "debugpy".`
    check.report('unknown-type', value, message, { fixes, severity: 'information' })
  } else if (!configuration.isPython && isSlip(type)) {
    check.report('unknown-type', value, `No debugger is named "${type}". Did you mean "debugpy"?`, {
      fixes: fixes.map(fix => ({ ...fix, isGuess: true })),
    })
  }
}

function checkRequest(check: Check, configuration: Configuration): void {
  if (configuration.request !== undefined) return
  const property = configuration.own.get('request')
  const likely = ['connect', 'listen', 'processId'].some(name => configuration.own.has(name))
    ? 'attach'
    : 'launch'
  if (property?.value === undefined) {
    const place = property?.key ?? brace(configuration)
    const message =
      'Without a "request" nothing starts: "launch" starts the program, "attach" joins one that runs.'
    const fixes = property === undefined ? [insertFix(check, configuration, 'request', likely)] : []
    check.report('missing-request', place, message, { fixes })
    return
  }
  if (property.value.value === 'test') {
    reportTest(check, configuration, property.value)
    return
  }
  const written = String(property.value.value)
  const near = nearest(written, ['launch', 'attach'])
  const meant = near ?? likely
  const shown = JSON.stringify(property.value.value)
  const message = `The request must be "launch" or "attach": with ${shown} nothing starts.`
  const fix = {
    title: `Change to "${meant}"`,
    edits: [replaceNode(property.value, meant)],
    preferred: true,
    isGuess: near === undefined,
  }
  check.report('unknown-request', property.value, message, { fixes: [fix] })
}

/** Once the way to write a configuration for tests; the extension still takes it for one. */
function reportTest(check: Check, configuration: Configuration, node: Node): void {
  const message =
    'The request "test" is the former way to write "purpose": ["debug-test"], and nothing else can start it.'
  const purpose = insertProperty(check.text, configuration.node, 'purpose', ['debug-test'])
  check.report('unknown-request', node, message, {
    severity: 'hint',
    tags: ['deprecated'],
    fixes: [
      {
        title: 'Write it as a launch with a purpose',
        edits: [replaceNode(node, 'launch'), purpose],
        preferred: true,
      },
    ],
  })
}

function insertFix(check: Check, configuration: Configuration, name: string, value: string): Fix {
  const after = configuration.own.get(name === 'request' ? 'type' : 'name')?.node
  const edit = insertProperty(check.text, configuration.node, name, value, after)
  return { title: `Add "${name}": "${value}"`, edits: [edit], preferred: true }
}

function brace(configuration: Configuration): { offset: number; length: number } {
  return { offset: configuration.node.offset, length: 1 }
}

/** Near one of our types, and not a debugger that exists. */
function isSlip(type: string): boolean {
  const lower = type.toLowerCase().replaceAll(/[\s_-]/g, '')
  if (lower === 'pythoncpp' || Math.abs(lower.length - 7) > 2) return false
  const near = (name: string) =>
    Math.abs(lower.length - name.length) <= 1 && lower[0] === name[0] && editDistance(lower, name, 3) <= 2
  return near('debugpy') || near('python')
}
