import type { Location } from 'vscode-languageserver-types'
import type { StartError } from '../protocol'
import type { TaskFailure } from './taskRunner'

/**
 * The catalogue of refusals: one constructor a kind, each with what was tried and what to do. Thrown as
 * `StartRefused` through the request boundary, which answers RequestFailed with `error` as data.
 */
export class StartRefused extends Error {
  constructor(readonly error: StartError) {
    super(error.message)
  }
}

/** No Python: `named` is what a configuration or setting asks for; without it nothing asked for one. */
export function interpreterMissing(tried: readonly string[], named?: string): StartError {
  return {
    kind: 'interpreterNotFound',
    message: named === undefined ? 'No Python interpreter was found.' : `There is no Python at ${named}.`,
    remedy:
      named === undefined
        ? 'Make an environment in the folder (python3 -m venv .venv), or name an interpreter in "python" of the ' +
          'configuration or in the setting python.defaultInterpreterPath.'
        : 'Correct "python" in the configuration or the setting python.defaultInterpreterPath, or make the ' +
          'environment again; without both, the environment of the folder is used.',
    tried,
  }
}

/** The interpreter runs, but debugpy does not in it. */
export function interpreterTooOld(python: readonly string[], version: string, oldest: string): StartError {
  return {
    kind: 'interpreterNotFound',
    message: `${python.join(' ')} is Python ${version}, and debugpy needs ${oldest} or newer.`,
    remedy: `Name a Python ${oldest} or newer in "python" of the configuration, or make the environment with one.`,
    tried: [python.join(' ')],
  }
}

/** Something is there, but it is not a Python that can be used. */
export function interpreterUnusable(python: string, why: string, output?: string): StartError {
  return {
    kind: 'interpreterNotFound',
    message: `${python} cannot be used as a Python interpreter: ${why}.`,
    remedy: 'Name another interpreter in "python" of the configuration, or make the environment again.',
    tried: [python],
    ...(output ? { output } : {}),
  }
}

/** It was asked for its version and said nothing. */
export function interpreterSilent(python: string, seconds: number, output: string): StartError {
  return interpreterUnusable(python, `it did not say its version within ${seconds} s`, output)
}

/** The setting `debugpy.path` names a folder without debugpy. */
export function debugpyPathInvalid(path: string): StartError {
  return {
    kind: 'debugpyUnavailable',
    message: `There is no debugpy in ${path}, which the setting debugpy.path names.`,
    remedy: 'Name the folder "debugpy" of the package or the one that it lies in, or remove the setting.',
    tried: [path],
  }
}

/** The interpreter has no debugpy, and none could be installed into our cache. */
export function debugpyMissing(
  python: readonly string[],
  why: string,
  remedy: string,
  output?: string,
): StartError {
  return {
    kind: 'debugpyUnavailable',
    message: `${python.join(' ')} has no debugpy 1.8 or newer, and none could be installed: ${why}.`,
    remedy,
    tried: ['the setting debugpy.path', python.join(' '), 'the cache of launch-ls'],
    ...(output ? { output } : {}),
  }
}

export function startCancelled(): StartError {
  return { kind: 'cancelled', message: 'The start was cancelled.' }
}

/** A preLaunchTask or postDebugTask that names nothing which can be run. `message` is VS Code's text. */
export function taskUnusable(
  kind: 'invalidConfiguration' | 'taskFailed',
  message: string,
  remedy: string,
  location?: Location,
): StartError {
  return { kind, message, remedy, ...(location === undefined ? {} : { location }) }
}

/** A variable in a task of tasks.json that has no value; the message is VS Code's text. */
export function taskVariable(label: string, message: string, location?: Location): StartError {
  return {
    kind: 'unresolvedVariable',
    message,
    remedy: `Correct the task '${label}' in tasks.json.`,
    ...(location === undefined ? {} : { location }),
  }
}

/** The task, or one it waits for, could not be started or ended badly. The messages of a bad end are VS Code's. */
export function taskFailed(
  key: 'preLaunchTask' | 'postDebugTask',
  name: string,
  { label, why, reason, remedy, exitCode, output }: TaskFailure,
  location?: Location,
): StartError {
  const how =
    why === 'notStarted'
      ? `could not be started: ${reason}`
      : exitCode === undefined
        ? 'terminated.'
        : `terminated with exit code ${exitCode}.`
  const blamed = label === name ? [] : [`It waits for the task '${label}', which failed.`]
  const hint =
    remedy ?? (exitCode === undefined ? reason : 'Correct the task, or what its output complains about.')
  return {
    kind: 'taskFailed',
    message: `The ${key} '${name}' ${how}`,
    remedy: [...blamed, hint].join(' '),
    ...(location === undefined ? {} : { location }),
    ...(output === '' ? {} : { output }),
  }
}
