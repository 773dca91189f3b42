import { replaceNode } from '../jsonEdit'
import { nearest } from '../nearest'
import { type Property, propertiesOf, textOf } from '../properties'
import { scriptsInstead } from '../taskFiles'
import type { Check } from './check'

/** Tasks that configurations and compounds name. */
export function checkTaskReferences(check: Check): void {
  for (const configuration of check.configurations) {
    if (!configuration.isPython) continue
    for (const scope of configuration.scopes) {
      for (const name of Object.keys(HARM)) {
        if (!scope.isReplaced(name)) checkReference(check, scope.own.get(name), HARM[name])
      }
    }
  }
  const compounds = propertiesOf(check.document.section).get('compounds')?.value
  for (const compound of compounds?.type === 'array' ? (compounds.children ?? []) : []) {
    checkReference(check, propertiesOf(compound).get('preLaunchTask'))
  }
}

const STOPS = 'the start stops with a question'
const HARM: Readonly<Record<string, string>> = {
  preLaunchTask: STOPS,
  postDebugTask: 'nothing is run after the end of the session',
  preRestartTask: 'nothing is run before a restart',
  postRestartTask: 'a restart stops with a question',
}

function checkReference(check: Check, property: Property | undefined, harm = STOPS): void {
  const { tasks } = check.facts
  const label = textOf(property)
  if (tasks === undefined || property?.value === undefined || label === undefined) return
  if (label === '' || label.includes('${') || tasks.includes(label)) return
  const folder = check.variables.folder?.path
  const scripts = folder === undefined ? undefined : scriptsInstead(check.facts, folder, label)
  const meant = nearest(label, [...tasks, ...(scripts ?? [])])
  // Extensions bring tasks of their own, named by their kind: `npm: build`, `C/C++: g++ build active file`.
  if (meant === undefined && scripts === undefined && /^[\w./+ -]+: ?\S/.test(label)) return
  const holder = scripts === undefined ? 'tasks.json' : 'the scripts of package.json'
  const question = meant === undefined ? ` Add it to ${holder}.` : ` Did you mean "${meant}"?`
  const message = `There is no task "${label}": ${harm}.${question}`
  check.report('undefined-task', property.value, message, {
    fixes:
      meant === undefined
        ? []
        : [
            {
              title: `Change to "${meant}"`,
              edits: [replaceNode(property.value, meant)],
              preferred: true,
              isGuess: true,
            },
          ],
  })
}
