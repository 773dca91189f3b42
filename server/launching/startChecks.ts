import { isAbsolute, join } from 'node:path'
import type { JsonObject } from '../core/json'
import { StartRefused } from '../sessions/startError'
import type { LaunchingParts } from './machine'
import type { Member } from './members'
import { refusal } from './refusals'

/**
 * What debugpy would only find out in the program's own process, or say in words of its own: a program or folder that
 * is not there. Looked at after the preLaunchTask, which may make them.
 * @throws StartRefused
 */
export function checkPaths(args: JsonObject, member: Member, parts: LaunchingParts): void {
  if (args['request'] !== 'launch') return
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
