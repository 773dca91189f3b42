import type { Platform } from '../core/host'
import { isObject, type JsonObject } from '../core/json'
import type { ClientCapabilities } from './debugpyArguments'

/**
 * Helix puts the words of `runInTerminal` behind the command of its terminal, and has no eye for `cwd` and `env`. Up to
 * 25.07 it joins them with blanks, and a shell of the terminal takes them apart: what is in a word runs there.
 */
const WORDS_ONLY = ['hx']

/** `runInTerminal` as the editor understands it: where it takes words only, they bring folder and environment along. */
export function terminalWords(
  request: JsonObject,
  client: ClientCapabilities,
  platform: Platform,
): JsonObject {
  const { args, cwd, env } = request
  if (platform === 'win32' || !WORDS_ONLY.includes(String(client['clientID'])) || !Array.isArray(args))
    return request
  const script = shellScript(args.map(String), cwd, isObject(env) ? env : {})
  // Joining went a day after this came.
  const isJoined = client['supportsProgressReporting'] !== true
  return { ...request, args: isJoined ? [`exec /bin/sh -c ${quoted(script)}`] : ['/bin/sh', '-c', script] }
}

function shellScript(words: readonly string[], cwd: unknown, env: JsonObject): string {
  const set = Object.entries(env).filter(([, value]) => value !== null)
  const unset = Object.entries(env).filter(([, value]) => value === null)
  const parts = [
    '/usr/bin/env',
    ...unset.flatMap(([name]) => ['-u', quoted(name)]),
    ...set.map(([name, value]) => quoted(`${name}=${String(value)}`)),
    // `env` would set a variable where the program's path has a '='.
    `/bin/sh -c 'exec "$@"' sh`,
    ...words.map(quoted),
  ]
  const move = typeof cwd === 'string' && cwd !== '' ? `cd -- ${quoted(cwd)} && ` : ''
  return `${move}exec ${parts.join(' ')}`
}

/** One word of sh, bash, zsh and fish, which has escapes within single quotes: a terminal runs the user's own shell. */
function quoted(word: string): string {
  return `'${word.replace(/['\\]/g, special => (special === "'" ? `'"'"'` : `'"\\\\"'`))}'`
}
