import { isAbsolute, join } from 'node:path'
import type { JsonObject } from '../core/json'
import { isRunning } from '../sessions/processes'
import { StartRefused } from '../sessions/startError'
import type { LaunchingParts } from './machine'
import type { Member } from './members'
import { refusal } from './refusals'

/**
 * What debugpy would only find out in the program's own process, after a long wait, or say in words of its own: a
 * program, folder or process that is not there. Looked at after the preLaunchTask, which may make them.
 * @throws StartRefused
 */
export function checkStart(args: JsonObject, member: Member, parts: LaunchingParts): void {
  if (args['request'] === 'launch') checkPaths(args, member, parts)
  else checkProcess(args['processId'], member, parts)
}

function checkProcess(id: unknown, member: Member, parts: LaunchingParts): void {
  if (typeof id !== 'number' || isRunning(id)) return
  const remedy =
    'Start the program first and write its number, or write "${command:pickProcess}" to be asked at each start.'
  const message = `There is no process ${id} on this machine.`
  throw new StartRefused(refusal('invalidConfiguration', message, remedy, member, parts, ['processId']))
}

function checkPaths(args: JsonObject, member: Member, parts: LaunchingParts): void {
  const { cwd, program } = args
  const refuse = (message: string, remedy: string, key: string) =>
    new StartRefused(refusal('invalidConfiguration', message, remedy, member, parts, [key]))
  if (typeof cwd === 'string' && cwd !== '' && parts.files.kind(cwd) !== 'folder') {
    throw refuse(
      `The folder ${cwd} ("cwd") does not exist.`,
      'Correct or remove "cwd"; without it the workspace folder is used.',
      'cwd',
    )
  }
  if (typeof program !== 'string' || program === '') return
  const base = typeof cwd === 'string' && cwd !== '' ? cwd : (member.folder?.path ?? parts.host.cwd)
  const path = isAbsolute(program) ? program : join(base, program)
  if (parts.files.kind(path) === undefined) {
    throw refuse(`The program ${path} does not exist.`, 'Correct "program" in the configuration.', 'program')
  }
}
