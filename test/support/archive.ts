/** One case of test/markers: prose, then files and expectations, each under a line `-- name --`. */
export interface Archive {
  /** What the case shows, in words. */
  readonly prose: string
  readonly sections: readonly Section[]
}

export interface Section {
  readonly name: string
  readonly text: string
}

const HEADING = /^-- (.+) --$/

export function parseArchive(text: string): Archive {
  const sections: { name: string; lines: string[] }[] = []
  const prose: string[] = []
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const name = HEADING.exec(line)?.[1]
    if (name !== undefined) sections.push({ name, lines: [] })
    else (sections.at(-1)?.lines ?? prose).push(line)
  }
  return {
    prose: prose.join('\n').trim(),
    sections: sections.map(({ name, lines }) => ({ name, text: lines.map(line => `${line}\n`).join('') })),
  }
}

export function printArchive({ prose, sections }: Archive): string {
  return `${prose}\n\n${sections.map(({ name, text }) => `-- ${name} --\n${withBreak(text)}`).join('')}`
}

function withBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
