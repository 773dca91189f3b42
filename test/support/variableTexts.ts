import fc from 'fast-check'

/** Texts that look like variables, closed and unclosed, nested and not, among other text. */
export const variableText = fc
  .array(
    fc.oneof(
      fc.constantFrom('${', '}', '{', ':', '$', '$&', '${}', '${/}', '\\', ' '),
      fc.constantFrom('${file}', '${env:A}', '${env:B}', '${config:a.b}', '${input:x}', '${command:c}'),
      fc.constantFrom('${workspaceFolder}', '${workspaceFolder:w}', '${foo}', '${env:A${env:B}}'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map(pieces => pieces.join(''))

/** Any JSON whose texts and names may hold variables. */
export const jsonWithVariables: fc.Arbitrary<unknown> = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    variableText,
    fc.constantFrom(null, true, false, 0, -1.5),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(propertyName(), tie('json'), { maxKeys: 4 }),
  ),
})).json

/** A configuration of any content. */
export const anyConfiguration = fc.dictionary(propertyName(), jsonWithVariables, { maxKeys: 5 })

function propertyName(): fc.Arbitrary<string> {
  return fc.oneof(
    variableText,
    fc.constantFrom('linux', 'osx', 'windows', 'presentation', 'name', 'env', '__proto__', 'constructor'),
  )
}
