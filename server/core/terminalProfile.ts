import { posix } from 'node:path'
import type { Settings } from './editor'
import type { Files, Host } from './host'
import { isObject } from './json'
import { PLATFORM_SECTIONS } from './platformSection'

/** The shell of a terminal, as VS Code's settings describe it. */
export interface TerminalProfile {
  readonly path: string
  readonly args?: readonly string[] | string
  /** Over the process environment; null: not set. */
  readonly env?: Readonly<Record<string, string | null>>
}

/**
 * The profile that tasks run in: `terminal.integrated.automationProfile.<platform>`, else the default profile, else
 * the user's own shell. A profile that names nothing on this machine does not count.
 */
export function taskProfile(host: Host, settings: Settings, files: Files): TerminalProfile {
  const platform = PLATFORM_SECTIONS[host.platform]
  const profiles = settings(`terminal.integrated.profiles.${platform}`)
  const name = settings(`terminal.integrated.defaultProfile.${platform}`)
  const chosen = isObject(profiles) && typeof name === 'string' ? profiles[name] : undefined
  return (
    readProfile(settings(`terminal.integrated.automationProfile.${platform}`), files) ??
    readProfile(chosen, files) ??
    ownShell(host, files)
  )
}

function readProfile(profile: unknown, files: Files): TerminalProfile | undefined {
  if (!isObject(profile)) return undefined
  const { path, args, env } = profile
  const paths = [path].flat().filter(one => typeof one === 'string')
  // A name without a folder is left to the search along PATH.
  const found = paths.find(one => !/[\\/]/.test(one) || files.kind(one) === 'file')
  if (found === undefined) return undefined
  const list = Array.isArray(args) ? args.filter(one => typeof one === 'string') : undefined
  return {
    path: found,
    ...(list !== undefined ? { args: list } : typeof args === 'string' ? { args } : {}),
    ...(isObject(env) ? { env: texts(env) } : {}),
  }
}

function texts(env: Record<string, unknown>): Record<string, string | null> {
  const isText = (value: unknown) => typeof value === 'string' || value === null
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string | null] => isText(entry[1])),
  )
}

function ownShell(host: Host, files: Files): TerminalProfile {
  if (host.platform === 'win32') {
    const system = host.env['SystemRoot'] ?? host.env['SYSTEMROOT'] ?? 'C:\\Windows'
    return { path: `${system}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe` }
  }
  const shell = host.env['SHELL']
  const usable = shell !== undefined && posix.isAbsolute(shell) && files.kind(shell) === 'file'
  const path = usable ? shell : files.kind('/bin/bash') === 'file' ? '/bin/bash' : '/bin/sh'
  // A login shell, as a Mac's terminals are: only such a one knows the user's PATH there.
  return host.platform === 'darwin' ? { path, args: ['-l'] } : { path }
}
