import { lookUp } from './environment'
import type { Environment, Platform } from './host'

/** What stands in the place of a secret. */
export const MASK = '••••'

/** Names that say that the value is a secret. `TOKENIZERS_PARALLELISM` and `PWD`, the folder, are none. */
export function isSecretName(name: string): boolean {
  if (/^(?:OLD)?PWD$/i.test(name)) return false
  return SECRET_NAME.test(name.replace(/([a-z\d])([A-Z])/g, '$1_$2'))
}

const WORDS = [
  '(?:^|[_.-])(?:SECRETS?|TOKEN|PASS|PASSCODE|PWD|CREDENTIALS?)',
  '(?:^|[_.-])(?:API|AUTH|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER)_?KEY',
  'PASSWORD|PASSWD|PASSPHRASE|APIKEY',
]
const ENDINGS = 'ID|KEY|BASE|VALUE|PROD|DEV|TEST|STAGING|OLD|NEW|\\d+'
/** The word ends the name, but for what tells one of several from the others. */
const SECRET_NAME = new RegExp(`(?:${WORDS.join('|')})(?:_(?:${ENDINGS}))*$`, 'i')

/** A text that is the key of one of the big services, and nothing else. */
export function isKnownToken(text: string): boolean {
  return KNOWN_TOKEN.test(text)
}

const TOKENS = [
  'gh[pousr]_[A-Za-z0-9]{30,}',
  'github_pat_\\w{40,}',
  'sk-[\\w-]{20,}',
  'AKIA[0-9A-Z]{16}',
  'xox[abprs]-[\\w-]{10,}',
  'AIza[\\w-]{30,}',
  'glpat-[\\w-]{16,}',
  'hf_[A-Za-z0-9]{30,}',
  'eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]+',
].join('|')
const KNOWN_TOKEN = new RegExp(`^(?:${TOKENS})$|-----BEGIN [A-Z ]*PRIVATE KEY`)

/** Parts of a text that are secrets by their looks; what stands before such a part is in a group of its own. */
const SECRET_PARTS: readonly RegExp[] = [
  /()-----BEGIN [A-Z ]*PRIVATE KEY[\s\S]*/g,
  new RegExp(`(^|[^\\w-])(?:${TOKENS})`, 'g'),
  // The password of `scheme://user:password@host`.
  /(:\/\/[^\s/:@]*:)(?!\$\{)[^\s/]+(?=@)/g,
  /((?:^|[\s;?&_-])(?:password|passwd|passphrase|pwd|token|secret|api[_-]?key)=)(?!\$\{)[^\s&;"',]+/gi,
]

/** The text without its secrets: those that are given, and those that their looks give away. */
export function maskText(text: string, secrets: readonly string[] = []): string {
  const known = secrets
    .filter(secret => secret !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text)
  return SECRET_PARTS.reduce(
    (rest, part) => rest.replace(part, (_, before: string) => `${before}${MASK}`),
    known,
  )
}

/** A variable's value as it may be shown. */
export function shownValue(name: string, value: string): string {
  return isSecretName(name) && value !== '' ? MASK : maskText(value)
}

/** The environment as it may be shown: what is made of it holds no secret of it. */
export function shownEnvironment(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value === undefined ? undefined : shownValue(name, value),
    ]),
  )
}

/** Variables that the text asks for as `${env:NAME}` and whose names say that they are secret, with their values. */
export function secretsAskedFor(
  text: string,
  environment: Environment,
  platform: Platform,
): { readonly mark: string; readonly value: string }[] {
  if (!text.includes('${env:')) return []
  const names = new Set([...text.matchAll(/\$\{env:([^{}]+)\}/g)].map(([, name = '']) => name))
  return [...names].filter(isSecretName).flatMap(name => {
    const value = lookUp(environment, name, platform)
    return value ? [{ mark: `\${env:${name}}`, value }] : []
  })
}

/** For messages about the text: without the secrets that it asks for. */
export function messageMask(
  text: string,
  environment: Environment,
  platform: Platform,
): (message: string) => string {
  // A text without problems is checked at every keystroke, and has no message to look for secrets for.
  let secrets: readonly string[] | undefined
  return message => {
    secrets ??= secretsAskedFor(text, environment, platform)
      .map(({ value }) => value)
      .filter(value => value.length > SHORT)
    return maskText(message, secrets)
  }
}

/** A secret of a letter or two is in many a text by chance. */
export const SHORT = 3
