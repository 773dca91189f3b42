import type { Platform } from './host'
import { isObject, type JsonObject } from './json'

/** The sections of a configuration that hold for one platform only. */
export const PLATFORM_SECTIONS: Readonly<Record<Platform, 'windows' | 'osx' | 'linux'>> = {
  win32: 'windows',
  darwin: 'osx',
  linux: 'linux',
}

/**
 * VS Code's first step, when a configuration is listed or chosen by name: the section is spread over the top level,
 * `presentation` is merged with the configuration's, and the three sections stay.
 */
export function selectForPlatform(configuration: JsonObject, platform: Platform): JsonObject {
  const section = configuration[PLATFORM_SECTIONS[platform]]
  if (!section) return configuration
  const own = configuration['presentation']
  const { presentation: theirs, ...rest } = members(section)
  const presentation = theirs ? { ...members(own), ...members(theirs) } : own
  return { ...configuration, ...rest, ...(presentation === undefined ? {} : { presentation }) }
}

export type AppliedPlatform =
  | { readonly kind: 'done'; readonly value: JsonObject }
  | { readonly kind: 'error'; readonly message: string }

/**
 * VS Code's second step, before variables are replaced: the section of the selected configuration is spread over it
 * once more, `presentation` like everything else, and the three sections go. Shallow; a section within a value is no
 * section. The platform's own section as null is an error (VS Code stops with a TypeError).
 */
export function applyPlatformSection(configuration: JsonObject, platform: Platform): AppliedPlatform {
  const name = PLATFORM_SECTIONS[platform]
  if (configuration[name] === null) {
    return { kind: 'error', message: `The section '${name}' is null. Write an object there, or remove it.` }
  }
  const value: JsonObject = { ...configuration, ...members(configuration[name]) }
  for (const section of Object.values(PLATFORM_SECTIONS)) delete value[section]
  return { kind: 'done', value }
}

/** What spreading a value gives: a text has its characters, a number nothing. */
function members(value: unknown): JsonObject {
  if (isObject(value)) return value
  return typeof value === 'string' || Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
}
