import type { Machine } from './command'

/** A path for people: from the current directory, if it lies below. */
export function shown(file: string, { host: { cwd } }: Machine): string {
  return file.startsWith(`${cwd}/`) || file.startsWith(`${cwd}\\`) ? file.slice(cwd.length + 1) : file
}
