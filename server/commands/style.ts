import type { Machine } from './command'

/** Colours for people, nothing for pipes; NO_COLOR and FORCE_COLOR are heeded (no-color.org). */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  blue(text: string): string
  green(text: string): string
}

export function styleOf({ host, output }: Machine): Style {
  const wanted = host.env['FORCE_COLOR'] !== undefined && host.env['FORCE_COLOR'] !== '0'
  const unwanted = (host.env['NO_COLOR'] ?? '') !== '' || host.env['TERM'] === 'dumb'
  const coloured = wanted || (output.isTTY === true && !unwanted)
  const paint = (begin: number, end: number) => (text: string) =>
    coloured && text !== '' ? `\x1b[${begin}m${text}\x1b[${end}m` : text
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    blue: paint(34, 39),
    green: paint(32, 39),
  }
}
