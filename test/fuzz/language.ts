import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixAll, quickFixes, refactorings } from '../../server/core/actions'
import { completeAround } from '../../server/core/completion/around'
import { type Completion, complete } from '../../server/core/completion/completion'
import { completeEnvFile } from '../../server/core/completion/envFile'
import { type DiagnosticFacts, diagnose, variableFacts } from '../../server/core/diagnostics/diagnose'
import { diagnoseTasks } from '../../server/core/diagnostics/tasks'
import { parseEnvFile } from '../../server/core/envFile'
import { hoverAt } from '../../server/core/hover'
import { inlayHints } from '../../server/core/inlayHints'
import { applyTextEdits, inOrder, type TextEdit } from '../../server/core/jsonEdit'
import { type LaunchDocument, parseLaunchDocument } from '../../server/core/launchDocument'
import { startables } from '../../server/core/lenses'
import { namesInEnvFile, namesInLaunch, namesInTasks } from '../../server/core/namedPlaces'
import { definitionsAt, type NamedFile, renameAt } from '../../server/core/navigation'
import { foldings, outline, selections } from '../../server/core/outline'
import { pathTargets } from '../../server/core/pathTargets'
import { launchRoot, type Root, taskRoot } from '../../server/core/places'
import type { Problem, Span } from '../../server/core/problem'
import { parseTaskDocument } from '../../server/core/taskDocument'
import { variableTokens } from '../../server/core/variableTokens'
import { parseArchive } from '../support/archive'
import { createWorld, diagnosticFacts, isFile } from '../support/world'
import { pick, type Random, random } from './mutation'

export interface LanguageReport {
  readonly documents: number
  readonly completions: number
  readonly problems: number
  /** Milliseconds that the slowest document took, all features together. */
  readonly slowest: number
}

/**
 * Every feature at random places of mutated documents. Throws at the first that fails or whose answer cannot be:
 * a span outside of the text, edits that overlap. `seed` makes it the same again.
 */
export function fuzzLanguage(documents: number, seed: number, tell?: (text: string) => void): LanguageReport {
  const next = random(seed)
  const seeds = seedTexts()
  let completions = 0
  let problems = 0
  let slowest = 0
  for (let count = 0; count < documents; count += 1) {
    const text = mutateText(pick(seeds, next), seeds, next)
    const offsets = [
      0,
      text.length,
      ...Array.from({ length: 4 }, () => Math.floor(next() * (text.length + 1))),
    ]
    const begun = performance.now()
    try {
      const found = tryAll(text, offsets)
      completions += found.completions
      problems += found.problems
    } catch (error) {
      throw new Error(`document ${count} of seed ${seed}: ${JSON.stringify(text)}`, { cause: error })
    }
    slowest = Math.max(slowest, performance.now() - begun)
    if (count % 1_000 === 999)
      tell?.(`${count + 1} documents, ${completions} completions, ${problems} problems`)
  }
  return { documents, completions, problems, slowest }
}

const MARKERS = join('test', 'markers')

/** Texts of the marker cases: every shape that a rule or a feature looks at. */
function seedTexts(): readonly string[] {
  return readdirSync(MARKERS, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.txt'))
    .flatMap(name => parseArchive(readFileSync(join(MARKERS, name), 'utf8')).sections)
    .filter(section => isFile(section) && /\.json$|\.code-workspace$|\.env/.test(section.name))
    .map(section => section.text.replaceAll(/^ *\^+ [a-z]+ [a-z-]+: .*\n/gm, ''))
}

const world = createWorld([
  { name: '.vscode/launch.json', text: '{}' },
  {
    name: '.vscode/tasks.json',
    text: '{ "tasks": [{ "label": "build", "type": "shell", "command": "make" }] }',
  },
  { name: '.env', text: 'A=1\n' },
  { name: 'app.py', text: 'app = FastAPI()\n' },
  { name: '.venv/pyvenv.cfg', text: 'home = /usr/bin\n' },
  { name: '.venv/bin/python', text: '' },
  { name: '.venv/lib/python3.12/site-packages/flask/__init__.py', text: '' },
])

function tryAll(text: string, offsets: readonly number[]): { completions: number; problems: number } {
  const places = offsets.filter(offset => offset <= text.length)
  const inLaunch = tryLaunch(text, [], places)
  const inSettings = tryLaunch(text, ['launch'], places)
  tryTasks(text, places)
  tryEnvFile(text, places)
  return {
    completions: inLaunch.completions + inSettings.completions,
    problems: inLaunch.problems + inSettings.problems,
  }
}

function tryLaunch(text: string, path: readonly string[], offsets: readonly number[]) {
  const document = parseLaunchDocument(text, path)
  const facts = diagnosticFacts(world, '.vscode/launch.json')
  const problems = diagnose(document, facts)
  checkProblems(text, problems)
  checkEdits(text, fixAll(problems)?.edits[0]?.edits ?? [])
  const named: NamedFile = { path: '/f', folder: 'work', places: namesInLaunch(document) }
  const shown: readonly { span: Span }[] = [
    ...outline(document.section),
    ...pathTargets(document, facts),
    ...startables(document),
    ...named.places,
    ...foldings(text, document.json.root).map(span => ({ span })),
    ...variableTokens(text, document.json.root).map(span => ({ span })),
  ]
  for (const { span } of shown) checkSpan(text, span)
  inlayHints(document, facts)
  const asked = { text, document, facts, problems, named, root: launchRoot(path) }
  const completions = offsets.map(offset => tryPlace(asked, offset))
  return { completions: completions.reduce((sum, count) => sum + count, 0), problems: problems.length }
}

interface Asked {
  readonly text: string
  readonly document: LaunchDocument
  readonly facts: DiagnosticFacts
  readonly problems: readonly Problem[]
  readonly named: NamedFile
  readonly root: Root
}

/** How many completions there were. */
function tryPlace({ text, document, facts, problems, named, root }: Asked, offset: number): number {
  const found = [
    ...complete(document, root, facts, offset),
    ...completeAround('settings', document, facts, offset),
    ...completeAround('workspaceFile', document, facts, offset),
  ]
  for (const each of found) checkCompletion(text, each, offset)
  const hover = hoverAt(document, root, facts, offset)
  if (hover !== undefined) checkSpan(text, hover.span)
  for (const span of selections(text, document.json.root, offset)) checkSpan(text, span)
  definitionsAt([named], '/f', offset)
  const rename = renameAt([named], '/f', offset, 'x')
  if (rename.kind === 'edits') checkEdits(text, rename.edits)
  const actions = [
    ...quickFixes(document, facts, problems, { offset, length: 0 }),
    ...refactorings(document, facts, offset),
  ]
  for (const { path, edits } of actions.flatMap(action => action.edits))
    if (path === '') checkEdits(text, edits)
  return found.length
}

function tryTasks(text: string, offsets: readonly number[]): void {
  const tasks = parseTaskDocument(text, { platform: 'linux' })
  const { json, section, inputs } = tasks
  const document = { json, section, inputs, configurations: [], compounds: [] }
  const facts = diagnosticFacts(world, '.vscode/tasks.json')
  checkProblems(
    text,
    diagnoseTasks(tasks, {
      otherTasks: [],
      named: [{ label: 'build', isOurs: true }],
      inputs: [],
      files: facts.files,
      variables: variableFacts(tasks, facts),
    }),
  )
  for (const { span } of namesInTasks(tasks)) checkSpan(text, span)
  for (const offset of offsets) {
    for (const each of complete(document, taskRoot([]), facts, offset)) checkCompletion(text, each, offset)
    hoverAt(document, taskRoot([]), facts, offset)
  }
}

function tryEnvFile(text: string, offsets: readonly number[]): void {
  const { value, problems } = parseEnvFile(text, 'debugpy')
  checkProblems(text, problems)
  for (const { span } of namesInEnvFile(text, value.entries)) checkSpan(text, span)
  for (const offset of offsets) {
    const names = [{ name: 'A', detail: '' }]
    for (const each of completeEnvFile(text, value.entries, { names: () => names }, offset))
      checkCompletion(text, each, offset)
  }
}

function checkProblems(text: string, problems: readonly Problem[]): void {
  for (const problem of problems) {
    checkSpan(text, problem.span)
    if (problem.message === '') throw new Error(`${problem.code} says nothing`)
    for (const { edits } of problem.fixes ?? []) checkEdits(text, edits)
  }
}

function checkCompletion(text: string, { span, extra = [], newText }: Completion, offset: number): void {
  checkSpan(text, span)
  if (offset < span.offset || offset > span.offset + span.length)
    throw new Error('the cursor is outside of the span')
  if (text.slice(span.offset, span.offset + span.length).includes('\n'))
    throw new Error('the span has two lines')
  if (extra.some(edit => edit.span.offset + edit.span.length >= span.offset))
    throw new Error('an edit beside it touches the span')
  checkEdits(text, [...extra, { span, newText }])
}

function checkEdits(text: string, edits: readonly TextEdit[]): void {
  let end = 0
  for (const { span } of inOrder(edits)) {
    checkSpan(text, span)
    if (span.offset < end) throw new Error(`edits overlap: ${JSON.stringify(edits)}`)
    end = span.offset + span.length
  }
  applyTextEdits(text, edits)
}

function checkSpan(text: string, { offset, length }: Span): void {
  if (offset < 0 || length < 0 || offset + length > text.length) {
    throw new Error(`${offset}+${length} is outside of a text of ${text.length}`)
  }
}

/** One to four changes: pieces gone, doubled, moved in from another text, and signs that mean something. */
function mutateText(text: string, seeds: readonly string[], next: Random): string {
  let result = text
  for (let times = 1 + Math.floor(next() * 4); times > 0; times -= 1) result = mutateOnce(result, seeds, next)
  return result
}

function mutateOnce(text: string, seeds: readonly string[], next: Random): string {
  const start = Math.floor(next() * (text.length + 1))
  const end = Math.min(text.length, start + Math.floor(next() ** 3 * 80))
  const piece = text.slice(start, end)
  switch (Math.floor(next() * 6)) {
    case 0:
      return text.slice(0, start) + text.slice(end)
    case 1:
      return text.slice(0, end) + piece + text.slice(end)
    case 2: {
      const other = pick(seeds, next)
      const from = Math.floor(next() * other.length)
      return text.slice(0, start) + other.slice(from, from + Math.floor(next() * 60)) + text.slice(end)
    }
    case 3:
      return text.slice(0, start)
    default:
      return text.slice(0, start) + pick(SIGNS, next) + text.slice(next() < 0.5 ? start : end)
  }
}

const SIGNS: readonly string[] = [
  ...['{', '}', '[', ']', '"', ',', ':', '\\', '//', '/*', '*/', '\n', '\r\n', '\r', '\t', '\0', ' '],
  ...[
    '${',
    '}',
    '${env:',
    '${input:',
    '${workspaceFolder}',
    '$(',
    '$',
    '%A%',
    '~',
    '`',
    '\\u00e9',
    '\\ud83d',
  ],
  ...['null', 'true', '-1', '1e999', '00', '"a"', '"": ', '[]', '{}', '"__proto__": 1,', '"constructor"'],
  ...['\uFEFF', '😀', 'é', '\u2028', '\uD83D', '<<<<<<< HEAD\n', '>>>>>>> x\n', '"linux": null,', '"name"'],
  ...[
    '"type": "debugpy"',
    '"request": "attach"',
    '"configurations": ',
    '"compounds": ',
    '"inputs": ',
    '"launch": ',
  ],
  '['.repeat(300),
  '{"a":'.repeat(9000),
  'x'.repeat(3000),
]
