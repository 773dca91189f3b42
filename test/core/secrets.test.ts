import { expect, test } from 'vitest'
import { isSecretName, maskText, messageMask, shownValue } from '../../server/core/secrets'

test.each([
  ...['TOKEN', 'MY_TOKEN', 'DB_PASSWORD', 'PGPASSWORD', 'DB_PWD', 'SMTP_PASS', 'AWS_ACCESS_KEY_ID', 'apiKey'],
  ...['SECRET_KEY_BASE', 'API_KEY_2', 'GOOGLE_APPLICATION_CREDENTIALS', 'SSH_PRIVATE_KEY', 'dbPassword'],
])('%s is the name of a secret', name => {
  expect(isSecretName(name)).toBe(true)
})

test.each([
  'PWD',
  'OLDPWD',
  'TOKENIZERS_PARALLELISM',
  'HOME',
  'KEYBOARD',
  'COMPASS',
  'PASSENGER_ROOT',
  'KEY',
])('%s is none', name => {
  expect(isSecretName(name)).toBe(false)
})

test.each([
  ['postgres://u:pw999@h/x', 'postgres://u:••••@h/x'],
  ['redis://:p@w@h:6379/0', 'redis://:••••@h:6379/0'],
  ['https://h:80/a@b', 'https://h:80/a@b'],
  ['postgres://u:${input:pw}@h/x', 'postgres://u:${input:pw}@h/x'],
  ['host=h password=pw999 user=u', 'host=h password=•••• user=u'],
  ['--token=abc', '--token=••••'],
  ['--tokenizer=fast', '--tokenizer=fast'],
  ['key ghp_abcdefghijklmnopqrstuvwxyz0123456789.', 'key ••••.'],
  ['/home/u/task-sk-x', '/home/u/task-sk-x'],
  ['-----BEGIN RSA PRIVATE KEY-----\nAAA\n', '••••'],
])('%s', (text, shown) => {
  expect(maskText(text)).toBe(shown)
})

test('one secret may be part of another', () => {
  expect(maskText('abcdef', ['abc', 'abcdef'])).toBe('••••')
})

test('a value without a secret stays', () => {
  expect(shownValue('STAGE', '/home/u')).toBe('/home/u')
  expect(shownValue('TOKEN', '')).toBe('')
})

test('a message tells no secret that the text asks for, whatever others the machine has', () => {
  const environment = { A_TOKEN: 'tok123', B_TOKEN: 'there' }
  expect(messageMask('${env:A_TOKEN}', environment, 'linux')('tok123 is not there')).toBe('•••• is not there')
})
