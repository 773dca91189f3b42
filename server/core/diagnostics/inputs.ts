import type { Node } from 'jsonc-parser'
import { INPUTS } from '../attributes'
import { removeChild, replaceNode } from '../jsonEdit'
import { isSlip, nearest } from '../nearest'
import { type Property, propertiesOf, textOf, visitTexts } from '../properties'
import { findVariables } from '../variables'
import type { Check } from './check'
import { checkValue } from './shapes'
import { checkInput } from './variables'

/** The definitions in `inputs`: complete, of their own names, and used. */
export function checkInputs(check: Check): void {
  const property = propertiesOf(check.document.section).get('inputs')
  if (property?.value === undefined) return
  if (property.value.type !== 'array') {
    const message = '"inputs" must be a list, in [ and ]: no input in it is found.'
    check.report('wrong-type', property.value, message, { severity: 'error' })
    return
  }
  const last = new Map<string, Property>()
  for (const node of property.value.children ?? []) checkDefinition(check, node, last)
  if (check.facts.isLaunchJson) checkUnused(check, last)
}

/** Inputs that configurations of other types ask for; Python's are seen with their other variables. */
export function checkInputsOfOthers(check: Check): void {
  for (const configuration of check.configurations) {
    if (configuration.isPython) continue
    visitTexts(configuration.node, (text, node) => {
      if (!text.includes('${input:')) return
      for (const use of findVariables(text)) {
        if (use.name === 'input' && use.argument) checkInput(check, node, use, use.argument)
      }
    })
  }
}

function checkDefinition(check: Check, node: Node, last: Map<string, Property>): void {
  const properties = propertiesOf(node)
  const id = properties.get('id')
  const name = textOf(id)
  if (node.type !== 'object' || id === undefined || name === undefined) {
    const place = node.type === 'object' ? (id?.value ?? { offset: node.offset, length: 1 }) : node
    check.report(
      'missing-attribute',
      place,
      'An input is an object with an "id": nobody can ask for this one.',
      {
        severity: 'warning',
      },
    )
    return
  }
  const earlier = last.get(name)
  if (earlier !== undefined) reportDuplicate(check, name, earlier.value ?? earlier.key, id)
  last.set(name, id)
  checkType(check, node, properties, name)
}

function reportDuplicate(check: Check, name: string, earlier: Node, later: Property): void {
  const place = later.value ?? later.key
  const message = `Two inputs are named "${name}": the last of them is asked, this one never.`
  let number = 2
  while (check.inputs.has(`${name}${number}`)) number += 1
  const free = `${name}${number}`
  check.report('duplicate-input', earlier, message, {
    fixes: [{ title: `Name the second "${free}"`, edits: [replaceNode(place, free)] }],
    related: [{ span: { offset: place.offset, length: place.length }, message: 'This one is asked.' }],
  })
}

function checkType(check: Check, node: Node, properties: ReadonlyMap<string, Property>, id: string): void {
  const type = properties.get('type')
  const written = textOf(type)
  if (written === undefined || !isInputType(written)) {
    const meant = nearest(written ?? '', Object.keys(INPUTS))
    const place = type?.value ?? { offset: node.offset, length: 1 }
    const message = `The type of an input is "promptString", "pickString" or "command": asking for "${id}" fails.`
    const value = type?.value
    check.report('invalid-value', place, message, {
      severity: 'error',
      fixes:
        meant === undefined || value === undefined
          ? []
          : [
              {
                title: `Change to "${meant}"`,
                edits: [replaceNode(value, meant)],
                preferred: true,
                isGuess: !isSlip(written ?? '', meant),
              },
            ],
    })
    return
  }
  const shape = INPUTS[written]
  checkValue(check, { ...NO_OWNER, name: `input ${id}` }, shape, node)
  if (written === 'pickString') checkDefault(check, properties)
}

const NO_OWNER = { documentation: '', shape: { is: 'anything' }, readBy: [] } as const

function isInputType(type: string): type is keyof typeof INPUTS {
  return Object.hasOwn(INPUTS, type)
}

function checkDefault(check: Check, properties: ReadonlyMap<string, Property>): void {
  const options = properties.get('options')?.value
  const given = properties.get('default')
  const wanted = textOf(given)
  if (options?.type !== 'array' || given?.value === undefined || wanted === undefined) return
  const values = (options.children ?? []).map(option =>
    option.type === 'object' ? textOf(propertiesOf(option).get('value')) : option.value,
  )
  if (values.includes(wanted)) return
  check.report(
    'unknown-default',
    given.value,
    `"${wanted}" is none of the options, so no option stands first.`,
  )
}

function checkUnused(check: Check, inputs: ReadonlyMap<string, Property>): void {
  for (const [name, id] of inputs) {
    if (check.text.includes(`\${input:${name}}`)) continue
    const definition = id.node.parent
    const message = `Nothing in this file asks for \${input:${name}}.`
    check.report('unused-input', id.value ?? id.key, message, {
      tags: ['unnecessary'],
      fixes:
        definition === undefined
          ? []
          : [{ title: `Remove the input "${name}"`, edits: removeChild(check.text, definition) }],
    })
  }
}
