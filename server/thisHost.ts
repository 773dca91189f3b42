import { homedir } from 'node:os'
import type { Host, Platform } from './core/host'

/** The machine that this process runs on. */
export function thisHost(): Host {
  return { platform: platform(), env: { ...process.env }, homeDir: homedir(), cwd: process.cwd() }
}

/** Other Unixes (FreeBSD …) behave as Linux does for everything asked here. */
function platform(): Platform {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'
}
