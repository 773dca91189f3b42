/** Orders `3.9` before `3.11.2` before `3.11.10`; what is no number comes first. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a)
  const right = numbers(b)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

/** True for `3.8` and `3.8.1` with the minimum `3.8`. */
export function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0
}

/**
 * The newest of `names` that is `wanted` or continues it (`3.11` → `3.11.7`), as pyenv and uv read .python-version.
 * Development and free-threaded builds (`3.14-dev`, `3.13.0t`) are taken only when they are named in full.
 */
export function newestMatch(names: readonly string[], wanted: string): string | undefined {
  if (names.includes(wanted)) return wanted
  return names
    .filter(name => name.startsWith(`${wanted}.`) && /^[\d.]+$/.test(name))
    .sort(compareVersions)
    .at(-1)
}

function numbers(version: string): number[] {
  return version
    .split('.')
    .map(part => Number.parseInt(part, 10))
    .map(part => (Number.isNaN(part) ? -1 : part))
}
