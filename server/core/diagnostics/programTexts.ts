/** What templates leave for their users to fill in, prose among it. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some(each => each.test(text))
}

const PLACEHOLDERS = [
  /enter[- ]your|<[^>]*>|\byour[-_ ](?:module|package|script|program|app|file)/i,
  /\bpath[-_ /]to[-_ /]|^full[a-z]* (?:qualified )?path\b/i,
  /^[A-Za-z]+(?: [A-Za-z]+){2,}\.?$/,
]

/** A command that one types in a terminal, where a file of Python is asked for. */
export function isInterpreterName(text: string): boolean {
  return /^(?:python[\d.]*|py|pypy\d*)(?:\.exe)?$/.test(text)
}
