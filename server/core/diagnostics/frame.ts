import { LAUNCH_FILE } from '../attributes'
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
    check.report('wrong-type', { offset: section.offset, length: 1 }, message, { severity: 'error' })
    return
  }
  checkNearMisses(
    check,
    section,
    LAUNCH_FILE.map(each => each.name),
  )
  checkSections(check)
  checkShadowed(check)
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
