/** A terminal's screen, as `tmux capture-pane -e` tells it, drawn as an SVG that needs no font but a monospaced one. */

interface Style {
  readonly foreground: string | undefined
  readonly background: string | undefined
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isUnderlined: boolean
  readonly isReversed: boolean
}

interface Run {
  readonly text: string
  readonly column: number
  readonly style: Style
}

const PLAIN: Style = {
  foreground: undefined,
  background: undefined,
  isBold: false,
  isItalic: false,
  isUnderlined: false,
  isReversed: false,
}

const WIDTH = 8.4
const HEIGHT = 18
const MARGIN = 12
const INK = '#d6dae0'
const PAPER = '#1b1f27'
/** The 16 colours that have names, dark ones first. */
const NAMED = (
  '#2b303b #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #abb2bf ' +
  '#5c6370 #ff7b86 #b5e890 #ffd587 #7fc3ff #dd9bf0 #7fd5e0 #ffffff'
).split(' ')

export function svgOf(screen: string, title: string): string {
  const lines = screen.replace(/\n+$/, '').split('\n').map(runsOf)
  const columns = Math.max(...lines.flat().map(({ column, text }) => column + widthOf(text)))
  const width = Math.ceil(columns * WIDTH + 2 * MARGIN)
  const height = lines.length * HEIGHT + 2 * MARGIN
  const drawn = lines.flatMap((runs, row) => runs.flatMap(run => draw(run, row)))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="6" fill="${PAPER}"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${drawn.join('\n')}
</g>
</svg>
`
}

function draw({ text, column, style }: Run, row: number): string[] {
  const ink = style.foreground ?? INK
  const paper = style.background
  const [front, back] = style.isReversed ? [paper ?? PAPER, ink] : [ink, paper]
  const across = (columns: number) => (columns * WIDTH).toFixed(1)
  const at = (place: number) => (MARGIN + place * WIDTH).toFixed(1)
  const y = MARGIN + row * HEIGHT
  const behind =
    back === undefined
      ? []
      : [
          `<rect x="${at(column)}" y="${y}" width="${across(widthOf(text))}" height="${HEIGHT}" fill="${back}"/>`,
        ]
  if (text.trim() === '') return behind
  const more = [
    style.isBold ? ' font-weight="bold"' : '',
    style.isItalic ? ' font-style="italic"' : '',
    style.isUnderlined ? ' text-decoration="underline"' : '',
  ].join('')
  const word = text.trim()
  const start = at(column + widthOf(text) - widthOf(text.trimStart()))
  const place = `x="${start}" y="${y + 13}" textLength="${across(widthOf(word))}" lengthAdjust="spacingAndGlyphs"`
  return [...behind, `<text ${place} fill="${front}"${more}>${escaped(word)}</text>`]
}

/** Pieces of a line of one style each. A style goes on over the end of a piece, and tmux begins each line anew. */
function runsOf(line: string): Run[] {
  const runs: Run[] = []
  let style = PLAIN
  let column = 0
  for (const part of line.split(
    /(\u001b\[[\d;:]*m|\u001b\][^\u001b\u0007]*(?:\u001b\\|\u0007)|[\u000e\u000f])/,
  )) {
    if (part.startsWith('\u001b[')) style = styled(style, part.slice(2, -1))
    else if (part !== '' && part >= ' ') {
      runs.push({ text: part, column, style })
      column += widthOf(part)
    }
  }
  return runs
}

function styled(before: Style, codes: string): Style {
  const numbers = codes.split(/[;:]/).map(Number)
  let style = before
  while (numbers.length > 0) {
    const code = numbers.shift() ?? 0
    if (code === 38) style = { ...style, foreground: colour(numbers) }
    else if (code === 48) style = { ...style, background: colour(numbers) }
    else style = { ...style, ...CHANGES.get(code) }
  }
  return style
}

/** What each code of SGR changes, but for those that more codes follow. */
const CHANGES: ReadonlyMap<number, Partial<Style>> = new Map<number, Partial<Style>>([
  [0, PLAIN],
  [1, { isBold: true }],
  [3, { isItalic: true }],
  [4, { isUnderlined: true }],
  [7, { isReversed: true }],
  [22, { isBold: false }],
  [23, { isItalic: false }],
  [24, { isUnderlined: false }],
  [27, { isReversed: false }],
  [39, { foreground: undefined }],
  [49, { background: undefined }],
  ...NAMED.flatMap((named, index): [number, Partial<Style>][] => {
    const code = index < 8 ? 30 + index : 82 + index
    return [
      [code, { foreground: named }],
      [code + 10, { background: named }],
    ]
  }),
])

/** Takes what stands behind 38 or 48. */
function colour(numbers: number[]): string | undefined {
  if (numbers.shift() === 2) return `rgb(${numbers.splice(0, 3).join(',')})`
  const index = numbers.shift() ?? 0
  if (index < 16) return NAMED[index]
  if (index >= 232)
    return `rgb(${Array(3)
      .fill((index - 232) * 10 + 8)
      .join(',')})`
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  const parts = [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6]
  return `rgb(${parts.map(level).join(',')})`
}

const widthOf = (text: string) => [...text].length

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
