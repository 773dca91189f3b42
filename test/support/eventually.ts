/**
 * Waits until `state` answers something truthy and returns it; fails with `what` after the deadline. The only way to
 * wait in a test: for a state, never for a time.
 */
export async function eventually<T>(
  what: string,
  state: () => T | Promise<T>,
  milliseconds = 10_000,
): Promise<Exclude<T, false | undefined | null>> {
  const deadline = Date.now() + milliseconds
  for (;;) {
    const answer = await state()
    if (answer) return answer as Exclude<T, false | undefined | null>
    if (Date.now() > deadline) throw new Error(`${what}: not within ${milliseconds} ms`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
