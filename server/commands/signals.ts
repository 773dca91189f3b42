import type { Machine } from './command'

/**
 * Ctrl-C and a polite end, or an output that nobody reads any more: the sessions are ended first. A second signal ends
 * this process at once.
 */
export function stopOnSignal(
  close: () => Promise<void>,
  { output }: Pick<Machine, 'output'>,
): { signal: AbortSignal; forget(): void } {
  const controller = new AbortController()
  const onSignal = () => {
    controller.abort()
    void close()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, onSignal)
  output.once('error', onSignal)
  return {
    signal: controller.signal,
    forget: () => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal)
      output.off('error', onSignal)
    },
  }
}
