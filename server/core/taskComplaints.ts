import type { Problem } from './problem'

/** What is wrong with a task, without its place. `report` is what VS Code writes to the output of its tasks. */
export interface Complaint extends Pick<Problem, 'code' | 'severity' | 'message'> {
  /** Absent: VS Code says nothing when it reads the file. */
  readonly report?: string
}

export function noLabel(task: unknown): Complaint {
  return {
    code: 'task-without-label',
    severity: 'warning',
    message: 'A task without a label is ignored: add "label".',
    report: `Error: a task must provide a label property. The task will be ignored.\n${written(task)}\n`,
  }
}

export function noCommand(label: string, task: unknown): Complaint {
  return {
    code: 'task-without-command',
    severity: 'warning',
    message: `The task '${label}' is ignored: it needs a "command" or a "dependsOn".`,
    report:
      `Error: the task '${label}' neither specifies a command nor a dependsOn property. ` +
      `The task will be ignored. Its definition is:\n${written(task)}`,
  }
}

export function noType(task: unknown): Complaint {
  const text = 'Error: tasks configuration must have a type property. The configuration will be ignored.'
  return {
    code: 'task-without-type',
    severity: 'warning',
    message: 'A task with an empty type is ignored: use "shell" or "process".',
    report: `${text}\n${written(task)}\n`,
  }
}

export function unknownType(type: string): Complaint {
  return {
    code: 'task-type-unknown',
    severity: 'information',
    message: `Tasks of type '${type}' belong to an extension and cannot be run here: use "shell" or "process".`,
    report:
      `Error: there is no registered task type '${type}'. ` +
      'Did you miss installing an extension that provides a corresponding task provider?',
  }
}

export function badArgument(argument: unknown): Complaint {
  return {
    code: 'task-argument-invalid',
    severity: 'warning',
    message: `The argument ${JSON.stringify(argument)} is left out: write a text, or {"value": …, "quoting": …}.`,
  }
}

export function badMatcher(report: string): Complaint {
  const [first = ''] = report.replace(/^Error: /, '').split('\n')
  const message = first.startsWith('the description')
    ? 'A problem matcher needs a "pattern", or the name of another one as its "base": this one is left out.'
    : first
  return { code: 'task-matcher-invalid', severity: 'warning', message, report }
}

export function inSection(tasks: unknown): Complaint {
  const list: readonly unknown[] = Array.isArray(tasks) ? tasks : []
  return {
    code: 'tasks-in-section',
    severity: 'warning',
    message:
      'Tasks in a platform section are deprecated: give the task itself a platform section with its command.',
    report:
      "Task version 2.0.0 doesn't support global OS specific tasks. " +
      'Convert them to a task with a OS specific command. ' +
      `Affected tasks are:\n${list.map(written).join('\n')}`,
  }
}

function written(task: unknown): string {
  return JSON.stringify(task, null, 4)
}
