import { expect, test } from 'vitest'
import type { Files, Host, Platform } from '../../server/core/host'
import { taskProfile } from '../../server/core/terminalProfile'

const PS = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const profile = (platform: string, value: unknown) => ({
  [`terminal.integrated.defaultProfile.${platform}`]: 'mine',
  [`terminal.integrated.profiles.${platform}`]: { mine: value },
})

test.each<[string, Platform, Record<string, string>, string[], Record<string, unknown>, unknown]>([
  ["the user's own shell", 'linux', { SHELL: '/bin/zsh' }, ['/bin/zsh'], {}, { path: '/bin/zsh' }],
  ['a shell that is gone', 'linux', { SHELL: '/bin/gone' }, ['/bin/bash'], {}, { path: '/bin/bash' }],
  ['no shell at all', 'linux', {}, [], {}, { path: '/bin/sh' }],
  ['a Mac', 'darwin', { SHELL: '/bin/zsh' }, ['/bin/zsh'], {}, { path: '/bin/zsh', args: ['-l'] }],
  ['Windows', 'win32', { SystemRoot: 'C:\\Windows' }, [], {}, { path: PS }],
  [
    'the default profile',
    'linux',
    {},
    ['/usr/bin/fish'],
    profile('linux', { path: '/usr/bin/fish', args: ['-l'], env: { A: 'x', B: null, C: 5 } }),
    { path: '/usr/bin/fish', args: ['-l'], env: { A: 'x', B: null } },
  ],
  [
    'the first path that exists',
    'win32',
    {},
    ['C:\\b.exe'],
    profile('windows', { path: ['C:\\a.exe', 'C:\\b.exe'], args: '-NoLogo' }),
    { path: 'C:\\b.exe', args: '-NoLogo' },
  ],
  ['a name along PATH', 'linux', {}, [], profile('linux', { path: 'bash' }), { path: 'bash' }],
  ['a profile of nothing', 'linux', {}, [], profile('linux', { path: '/gone' }), { path: '/bin/sh' }],
  ['a profile that is none', 'linux', {}, [], profile('linux', 5), { path: '/bin/sh' }],
  [
    'the profile for tasks',
    'linux',
    {},
    ['/bin/dash', '/usr/bin/fish'],
    {
      ...profile('linux', { path: '/usr/bin/fish' }),
      'terminal.integrated.automationProfile.linux': { path: '/bin/dash' },
    },
    { path: '/bin/dash' },
  ],
])('%s', (_, platform, env, present, settings, expected) => {
  const host: Host = { platform, env, homeDir: '', cwd: '' }
  const files: Files = {
    read: () => undefined,
    kind: path => (present.includes(path) ? 'file' : undefined),
    list: () => [],
  }
  expect(taskProfile(host, key => settings[key], files)).toEqual(expected)
})
