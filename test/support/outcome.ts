import { applyTextEdits } from '../../server/core/jsonEdit'
import type { Fix, Problem } from '../../server/core/problem'
import { annotate } from './annotations'
import type { Archive, Section } from './archive'
import { atCursor } from './atCursor'
import { createWorld, isFile, problemsIn, type World } from './world'

/** The same case with what really comes out in the place of what it expects. */
export function outcome(archive: Archive): Archive {
  const cursor = findCursor(archive)
  const sections = archive.sections.map(section =>
    section === cursor?.file ? { ...section, text: section.text.replace('|', '') } : section,
  )
  const world = createWorld(sections)
  return {
    prose: archive.prose,
    sections: archive.sections.map(section => {
      if (isFile(section)) return cursor === undefined ? annotated(world, section) : section
      if (section.name.startsWith('fix: ')) {
        return { ...section, text: afterFix(archive, world, section.name.slice(5)) }
      }
      const shown =
        cursor === undefined
          ? undefined
          : atCursor({ world, file: cursor.file.name, offset: cursor.offset }, section.name)
      return shown === undefined ? section : { ...section, text: shown }
    }),
  }
}

/** In cases that ask about a place, a bar marks it. */
function findCursor({ sections }: Archive): { file: Section; offset: number } | undefined {
  if (sections.every(section => isFile(section) || section.name.startsWith('fix: '))) return undefined
  const file = sections.find(section => isFile(section) && section.text.includes('|'))
  return file === undefined ? undefined : { file, offset: file.text.indexOf('|') }
}

function annotated(world: World, section: Section): Section {
  const problems = problemsIn(world, section.name)
  if (problems === undefined) return section
  return { name: section.name, text: annotate(world.text(section.name), problems) }
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
