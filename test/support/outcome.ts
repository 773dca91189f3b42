import { applyTextEdits } from '../../server/core/jsonEdit'
import type { Fix, Problem } from '../../server/core/problem'
import { annotate } from './annotations'
import type { Archive, Section } from './archive'
import { createWorld, isFile, problemsIn, type World } from './world'

/** The same case with what really comes out in the place of what it expects. */
export function outcome(archive: Archive): Archive {
  const world = createWorld(archive.sections)
  return { prose: archive.prose, sections: archive.sections.map(section => actual(archive, world, section)) }
}

function actual(archive: Archive, world: World, section: Section): Section {
  const [, kind, argument] = /^(fix|after): (.*)$/.exec(section.name) ?? []
  if (isFile(section)) {
    const problems = problemsIn(world, section.name)
    return problems === undefined
      ? section
      : { name: section.name, text: annotate(world.text(section.name), problems) }
  }
  if (kind === 'fix' && argument !== undefined) {
    return { name: section.name, text: afterFix(archive, world, argument) }
  }
  return section
}

/** The file after the fix of this title; of several fixes with it, the first is applied. */
function afterFix(archive: Archive, world: World, title: string): string {
  const offered: string[] = []
  for (const file of archive.sections.filter(isFile)) {
    for (const fix of fixesOf(problemsIn(world, file.name) ?? [])) {
      if (fix.title === title) return withBreak(applyTextEdits(world.text(file.name), fix.edits))
      offered.push(fix.title)
    }
  }
  return `There is no such fix. Offered are:\n${offered.map(each => `${each}\n`).join('')}`
}

function fixesOf(problems: readonly Problem[]): readonly Fix[] {
  return problems.flatMap(problem => problem.fixes ?? [])
}

function withBreak(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
