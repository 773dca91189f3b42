import {
  type Attribute,
  alternatives,
  COMPOUND,
  configurationAttributes,
  INPUTS,
  LAUNCH_FILE,
  objectShape,
  PLATFORM_SECTIONS,
  type Shape,
} from './attributes'
import type { JsonObject } from './json'

/**
 * A JSON schema of launch.json, for editors and tools that know no more than schemas. Which attributes a configuration
 * may have depends on its type and request by `if` and `then`; configurations of other types are left alone.
 */
export function launchSchema(): JsonObject {
  const [name, type, request] = configurationAttributes(undefined)
  const listed = (file: string) => LAUNCH_FILE.find(each => each.name === file)?.documentation ?? ''
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'launch.json',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    definitions: propertiesOf(configurationAttributes(undefined)),
    properties: {
      version: { type: 'string', markdownDescription: listed('version') },
      configurations: {
        type: 'array',
        markdownDescription: listed('configurations'),
        items: {
          type: 'object',
          required: ['name'],
          properties: references([name, type].flatMap(each => each ?? [])),
          allOf: [
            {
              if: { not: { anyOf: PLATFORM_SECTIONS.map(withOwnType) } },
              // biome-ignore lint/suspicious/noThenProperty: JSON schema's own word
              then: { required: ['type'] },
            },
            {
              if: python(undefined),
              // biome-ignore lint/suspicious/noThenProperty: JSON schema's own word
              then: { required: ['request'], properties: references(request === undefined ? [] : [request]) },
            },
            forRequest('launch'),
            forRequest('attach'),
          ],
        },
      },
      compounds: {
        type: 'array',
        markdownDescription: listed('compounds'),
        items: shapeSchema(COMPOUND, true),
      },
      inputs: {
        type: 'array',
        markdownDescription: listed('inputs'),
        items: {
          type: 'object',
          required: ['id', 'type'],
          properties: { type: { enum: Object.keys(INPUTS) } },
          allOf: Object.entries(INPUTS).map(([kind, shape]) => ({
            if: { properties: { type: { const: kind } }, required: ['type'] },
            // biome-ignore lint/suspicious/noThenProperty: JSON schema's own word
            then: shapeSchema(shape),
          })),
        },
      },
    },
  }
}

function forRequest(request: 'launch' | 'attach'): JsonObject {
  return {
    if: python(request),
    // biome-ignore lint/suspicious/noThenProperty: JSON schema's own word
    then: {
      properties: references(configurationAttributes(request)),
      patternProperties: { '^(_|\\$|//|#)': {} },
      additionalProperties: false,
    },
  }
}

function python(request: string | undefined): JsonObject {
  const type = { enum: ['debugpy', 'python'] }
  return request === undefined
    ? { properties: { type }, required: ['type'] }
    : { properties: { type, request: { const: request } }, required: ['type', 'request'] }
}

/** Each system may have a debugger of its own, beside none for all. */
function withOwnType(section: string): JsonObject {
  return { required: [section], properties: { [section]: { required: ['type'] } } }
}

/** Attributes of configurations stand in `definitions` once: the sections of systems have them all again. */
function references(attributes: readonly Attribute[]): JsonObject {
  return Object.fromEntries(attributes.map(({ name }) => [name, { $ref: `#/definitions/${name}` }]))
}

function propertiesOf(attributes: readonly Attribute[]): JsonObject {
  return Object.fromEntries(attributes.map(attribute => [attribute.name, attributeSchema(attribute)]))
}

function attributeSchema(attribute: Attribute): JsonObject {
  const { deprecated, documentation, internal, nullIs, shape } = attribute
  const nullable =
    nullIs === 'absent' || (typeof nullIs === 'object' && Object.values(nullIs).includes('absent'))
  return {
    ...(PLATFORM_SECTIONS.some(name => name === attribute.name)
      ? sectionSchema(shape)
      : shapeSchema(shape, false, nullable)),
    markdownDescription: documentation,
    ...(attribute.default === undefined ? {} : { default: attribute.default }),
    ...(deprecated === undefined ? {} : { deprecationMessage: deprecated.message }),
    ...(internal === undefined && deprecated === undefined ? {} : { doNotSuggest: true }),
  }
}

function sectionSchema(shape: Shape): JsonObject {
  const attributes = objectShape(shape)?.attributes ?? []
  return { type: 'object', properties: references(attributes), additionalProperties: false }
}

/** `isOpen`: attributes that are not listed are fine. */
function shapeSchema(shape: Shape, isOpen = false, nullable = false): JsonObject {
  const schemas = alternatives(shape).map(each => plainSchema(each, isOpen))
  if (nullable) schemas.push({ type: 'null' })
  const [only, ...more] = schemas
  return more.length === 0 && only !== undefined ? only : { anyOf: schemas }
}

function plainSchema(shape: Shape, isOpen: boolean): JsonObject {
  switch (shape.is) {
    case 'text':
      return textSchema(shape)
    case 'flag':
      return { type: 'boolean' }
    case 'number':
    case 'null':
      return { type: shape.is }
    case 'list':
      return { type: 'array', items: shapeSchema(shape.of) }
    case 'object':
      return {
        type: 'object',
        properties: propertiesOf(shape.attributes),
        ...(shape.required === undefined ? {} : { required: shape.required }),
        additionalProperties: shape.others === undefined ? isOpen : shapeSchema(shape.others),
      }
    default:
      return {}
  }
}

/** Of texts with allowed values, a variable may stand for each. */
function textSchema({ values, open }: Extract<Shape, { is: 'text' }>): JsonObject {
  if (values === undefined) return { type: 'string' }
  const listed = {
    enum: values.map(each => each.value),
    markdownEnumDescriptions: values.map(each => each.documentation),
  }
  return { anyOf: [listed, open ? { type: 'string' } : { type: 'string', pattern: '\\$\\{' }] }
}
