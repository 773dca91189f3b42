import type { Node } from 'jsonc-parser'
import { LAUNCH_FILE } from '../attributes'
import type { TextEdit } from '../jsonEdit'
import type { Fix } from '../problem'
import { propertiesOf } from '../properties'
import type { Check } from './check'
import { checkNearMisses } from './shapes'

/** The frame of the file: that `configurations` and the other lists are where VS Code looks for them. */
export function checkFrame(check: Check): void {
  const { section } = check.document
  if (section === undefined) return
  if (section.type !== 'object') {
    const message =
      'A launch.json is an object, in { and }, with a list of "configurations": nothing in here is seen.'
    const isList = section.type === 'array' && section.children?.[0]?.type === 'object'
    check.report('wrong-type', { offset: section.offset, length: 1 }, message, {
      severity: 'error',
      fixes: isList ? [inFrame(check.text, section)] : [],
    })
    return
  }
  checkNearMisses(
    check,
    section,
    LAUNCH_FILE.map(each => each.name),
  )
  checkList(check, section)
  checkSections(check)
  checkShadowed(check)
}

/** A configuration where the file's own attributes are looked for. */
function checkList(check: Check, section: Node): void {
  const own = propertiesOf(section)
  const first = own.values().next().value
  const written = OF_CONFIGURATIONS.filter(name => own.has(name))
  if (first === undefined || own.has('configurations') || written.length < 2) return
  // What is broken is read in part only: its list may stand there.
  if (check.document.json.errors.length > 0) return
  const message =
    'This is a configuration without the list that it belongs into, "configurations": it is not seen.'
  check.report('missing-attribute', first.key, message, { fixes: [inFrame(check.text, section)] })
}

const OF_CONFIGURATIONS = ['name', 'type', 'request', 'program', 'module']

function inFrame(text: string, section: Node): Fix {
  return { title: 'Put it into "configurations"', edits: [wrap(text, section)], preferred: true }
}

/** With its comments, further to the right: the list, or a configuration as the only one of a list. */
function wrap(text: string, { offset, length, type }: Node): TextEdit {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const margin = /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? ''
  const lines = text.slice(offset, offset + length).split(/\r?\n/)
  const step = type === 'array' ? '  ' : '    '
  const moved = lines.map((line, index) => (index === 0 || line === '' ? line : `${step}${line}`)).join(eol)
  const list =
    type === 'array' ? [`  "configurations": ${moved}`] : ['  "configurations": [', `    ${moved}`, '  ]']
  const wrapped = ['{', '  "version": "0.2.0",', ...list, '}']
  return { span: { offset, length }, newText: wrapped.join(`${eol}${margin}`) }
}

/** VS Code merges settings.json and launch.json, but never two lists: launch.json has the word. */
function checkShadowed(check: Check): void {
  for (const name of check.facts.shadowed ?? []) {
    const property = propertiesOf(check.document.section).get(name)
    if (property === undefined) continue
    const message = `launch.json has "${name}", too: those in here are not seen. Move them there.`
    check.report('shadowed-section', property.key, message, { tags: ['unnecessary'] })
  }
}

/** A platform section that is not an object; `null` for this system stops VS Code with an error. */
function checkSections(check: Check): void {
  for (const configuration of check.configurations) {
    if (!configuration.isPython) continue
    for (const system of ['windows', 'osx', 'linux']) {
      const value = configuration.own.get(system)?.value
      if (value?.type !== 'null') continue
      const message = `"${system}" is null, and a start on that system fails: write an object, or remove it.`
      check.report('null-section', value, message)
    }
  }
}
