import { diagnose, variableFacts } from '../core/diagnostics/diagnose'
import { diagnoseTasks, tasksNamedIn } from '../core/diagnostics/tasks'
import type { Problem } from '../core/problem'
import type { LanguageFiles } from './languageFiles'

/** All that is wrong in the files of a workspace. */
export interface Problems {
  of(path: string): readonly Problem[]
  /** Every file of the workspace that may have problems: launch.json, tasks.json, env files that are named. */
  files(): readonly string[]
}

export function createProblems(files: LanguageFiles): Problems {
  const launchProblems = (path: string): readonly Problem[] => {
    const view = files.launch(path)
    return view === undefined ? [] : diagnose(view.document, view.facts)
  }

  const taskProblems = (path: string): readonly Problem[] => {
    const document = files.tasks(path)
    const view = files.views(path).find(({ holds }) => holds === 'tasks')
    if (document === undefined || view === undefined) return []
    return diagnoseTasks(document, {
      otherTasks: files.tasksBeside(path),
      named: files.launchesBeside(path).flatMap(tasksNamedIn),
      inputs: [],
      files: view.facts.files,
      variables: variableFacts(document, view.facts),
    })
  }

  return {
    of(path) {
      switch (files.kindOf(path)) {
        case undefined:
          return []
        case 'tasks':
          return taskProblems(path)
        case 'env':
          return files.envProblems(path)
        case 'workspaceFile':
          return [...launchProblems(path), ...taskProblems(path).filter(({ code }) => !OF_THE_TEXT.has(code))]
        default:
          return launchProblems(path)
      }
    },
    files: files.all,
  }
}

/** Of a file with two sections these are told once. */
const OF_THE_TEXT: ReadonlySet<string> = new Set(['json-syntax', 'merge-conflict', 'single-backslash'])
