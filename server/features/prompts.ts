import type { ClientCapabilities, Connection } from 'vscode-languageserver'
import { isObject } from '../core/json'
import type { Ask } from '../launching/answers'
import { clientMessages, type PromptParams, type PromptResult } from '../protocol'
import { CancellationTokenSource } from './library'

/**
 * Through `debug/prompt` where the client has it; without it a short pick goes through window/showMessageRequest,
 * which every editor has, and anything else cannot be asked. One prompt at a time: members of a compound start in
 * parallel, and their questions queue up.
 */
export function createAsk(connection: Connection, client: () => ClientCapabilities): Ask {
  let last: Promise<unknown> = Promise.resolve()
  return (prompt, signal) => {
    const answer = last.then(() => askOne(connection, client(), prompt, signal))
    last = answer.catch(() => undefined)
    return answer
  }
}

/** Number of choices that message buttons can show. */
const MOST_BUTTONS = 5

async function askOne(
  connection: Connection,
  client: ClientCapabilities,
  prompt: PromptParams,
  signal: AbortSignal,
): Promise<string | null | undefined> {
  if (signal.aborted) return null
  if (canPrompt(client)) {
    const cancellation = new CancellationTokenSource()
    signal.addEventListener('abort', () => cancellation.cancel(), { once: true })
    const result: PromptResult = await connection.sendRequest(
      clientMessages.prompt,
      prompt,
      cancellation.token,
    )
    return isObject(result) && typeof result.value === 'string' ? result.value : null
  }
  if (prompt.kind !== 'pick' || prompt.items.length > MOST_BUTTONS) return undefined
  const buttons = prompt.items.map(({ label }) => ({ title: label }))
  const chosen = await connection.window.showInformationMessage(prompt.title, ...buttons)
  return prompt.items.find(({ label }) => label === chosen?.title)?.value ?? null
}

function canPrompt(client: ClientCapabilities): boolean {
  const experimental: unknown = client.experimental
  const debug = isObject(experimental) ? experimental['debug'] : undefined
  return isObject(debug) && debug['prompt'] === true
}
