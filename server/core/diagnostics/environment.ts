import type { Node } from 'jsonc-parser'
import { removeChild, replaceNode } from '../jsonEdit'
import { spanInString } from '../jsonStrings'
import { type Property, propertiesOf, textOf } from '../properties'
import { packageVersion } from '../pythonPackages'
import { isKnownToken, isSecretName } from '../secrets'
import type { Check, Scope, ScopeRule } from './check'
import { interpreterPackages } from './modules'

/** The variables of `env`: names, values that mean something else, and secrets. */
export const checkEnvironment: ScopeRule = (scope, _configuration, check) => {
  const env = scope.own.get('env')
  if (env?.value?.type !== 'object') return
  const properties = propertiesOf(env.value)
  for (const property of properties.values()) {
    checkName(check, property)
    const text = textOf(property)
    if (property.value === undefined || text === undefined) continue
    checkSeparator(check, scope, property.value, text)
    if (LISTS_OF_PATHS.has(property.name)) checkOtherSystem(check, scope, property.value, text)
    checkSecret(check, property, property.value, text)
  }
  checkCase(check, scope, properties)
  const flask = properties.get('FLASK_ENV')
  if (flask !== undefined) checkFlaskEnv(check, scope, flask)
}

function checkName(check: Check, property: Property): void {
  if (property.name !== '' && !/[=\0]/.test(property.name)) return
  const message = 'The name of an environment variable is not empty and has no = in it: the start fails.'
  check.report('invalid-env-name', property.key, message)
}

/** On Windows `Path` and `PATH` are one variable, and debugpy refuses two values of it. */
function checkCase(check: Check, scope: Scope, properties: ReadonlyMap<string, Property>): void {
  if (!isForWindows(check, scope)) return
  const seen = new Map<string, Property>()
  for (const property of properties.values()) {
    const name = property.name.toUpperCase()
    const first = seen.get(name)
    if (first === undefined) seen.set(name, property)
    else if (textOf(first) !== textOf(property)) {
      const message = `"${first.name}" and "${property.name}" are one variable on Windows: the start is refused.`
      check.report('duplicate-env-name', property.key, message, {
        related: [
          {
            span: { offset: first.key.offset, length: first.key.length },
            message: `"${first.name}" is here.`,
          },
        ],
        fixes: [{ title: `Remove "${property.name}"`, edits: removeChild(check.text, property.node) }],
      })
    }
  }
}

function isForWindows(check: Check, scope: Scope): boolean {
  return scope.system === 'windows' || check.facts.host.platform === 'win32'
}

/** `${pathSeparator}` parts a folder from a file; lists of paths have another sign. */
function checkSeparator(check: Check, scope: Scope, node: Node, text: string): void {
  if (!text.includes('${pathSeparator}') && !text.includes('${/}')) return
  const sign = isForWindows(check, scope) ? ';' : ':'
  for (const { index, 0: written, 1: separator = '' } of text.matchAll(
    /(\$\{(?:pathSeparator|\/)\})(?=\$\{(?:env:|workspaceFolder|workspaceRoot|userHome|cwd)|\/)/g,
  )) {
    if (index === 0) continue
    const span = spanInString(check.text, node, index, separator.length)
    const message = `${written} is the slash in a path. Paths of a list are parted by "${sign}".`
    check.report('list-separator', span, message, {
      fixes: [{ title: `Change to "${sign}"`, edits: [{ span, newText: sign }], preferred: true }],
    })
  }
}

const LISTS_OF_PATHS: ReadonlySet<string> = new Set([
  'PYTHONPATH',
  'PATH',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
])

/** A list of paths as Windows has it, on a system that takes it for one path. */
function checkOtherSystem(check: Check, scope: Scope, node: Node, text: string): void {
  if (!text.includes(';') || isForWindows(check, scope) || scope.isReplaced('env')) return
  const edits = [...text.matchAll(/;/g)].map(({ index }) => ({
    span: spanInString(check.text, node, index, 1),
    newText: ':',
  }))
  const message =
    'Paths of a list are parted by ":" here, and by ";" on Windows alone: this is one path, of no folder.'
  check.report('list-separator', node, message, {
    fixes: [{ title: 'Part the paths by ":"', edits, preferred: true }],
  })
}

function checkFlaskEnv(check: Check, scope: Scope, property: Property): void {
  const version = packageVersion(interpreterPackages(check, scope), check.facts.files, 'flask')
  if (version !== undefined && (version.major < 2 || (version.major === 2 && version.minor < 3))) return
  const message = 'Flask 2.3 and later do not look at FLASK_ENV: set FLASK_DEBUG to "1".'
  const isDevelopment = textOf(property) === 'development'
  const hasDebug = propertiesOf(scope.own.get('env')?.value).has('FLASK_DEBUG')
  const value = property.value
  check.report('flask-env', property.key, message, {
    tags: ['deprecated'],
    fixes:
      value === undefined || hasDebug
        ? [{ title: 'Remove FLASK_ENV', edits: removeChild(check.text, property.node) }]
        : [
            {
              title: 'Change to FLASK_DEBUG',
              edits: [
                replaceNode(property.key, 'FLASK_DEBUG'),
                replaceNode(value, isDevelopment ? '1' : '0'),
              ],
              preferred: true,
            },
          ],
  })
}

function checkSecret(check: Check, property: Property, node: Node, text: string): void {
  if (text === '' || text.includes('${')) return
  const advice =
    'launch.json is shared with the project: move it to a file that is not, and name that as "envFile".'
  if (isKnownToken(text)) {
    check.report('secret-in-env', node, `This looks like a real key. ${advice}`, { severity: 'warning' })
  } else if (isSecretName(property.name) && !isHarmless(text)) {
    check.report('secret-in-env', node, `${property.name} looks like a secret. ${advice}`)
  }
}

/** Switches, numbers, paths and what people write where a value is to be filled in. */
function isHarmless(text: string): boolean {
  return (
    text.length < 6 ||
    /^(?:true|false|none|null|\d+)$/i.test(text) ||
    /[<>{}]|^[./~\\]|\s|^x+$/i.test(text) ||
    /change|your|example|placeholder|dummy|secret|password|insecure|local|test|dev|fake|todo|admin|postgres/i.test(
      text,
    )
  )
}
