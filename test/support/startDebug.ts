import type { StartDebugResult, StartError } from '../../server/protocol'
import { connectDap, type DapClient, type StartOptions, startSession } from './dapClient'
import { type LspClient, startLspClient, testPython } from './lspClient'

/** An editor on a folder, with the interpreter of the tests, in a state folder of its own. */
export function startEditor(folder: string, options: Partial<Parameters<typeof startLspClient>[0]> = {}) {
  return startLspClient({
    folders: [folder],
    settings: { 'python.defaultInterpreterPath': testPython() },
    ...options,
  })
}

/** startDebug, and the debug session of its first endpoint up to `configurationDone`. */
export async function debug(
  editor: LspClient,
  configuration: unknown,
  options: StartOptions = {},
): Promise<DapClient> {
  const { sessions } = await editor.request<StartDebugResult>('startDebug', { configuration })
  const [session] = sessions
  if (session === undefined) throw new Error('no session')
  const client = await connectDap(session.endpoint)
  await startSession(
    client,
    { ...session.configuration },
    { request: session.configuration.request, ...options },
  )
  return client
}

/** Name and value of the locals of the topmost frame of a stopped thread. */
export async function locals(client: DapClient, threadId: unknown): Promise<Record<string, string>> {
  const { stackFrames } = (await client.request('stackTrace', { threadId })) as {
    stackFrames?: { id: number }[]
  }
  const { scopes } = (await client.request('scopes', { frameId: stackFrames?.[0]?.id })) as {
    scopes?: { variablesReference: number }[]
  }
  const { variables = [] } = (await client.request('variables', {
    variablesReference: scopes?.[0]?.variablesReference,
  })) as { variables?: { name: string; value: string }[] }
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]))
}

/** The StartError that refuses a start; fails when it starts. */
export async function refusal(editor: LspClient, params: unknown): Promise<StartError> {
  try {
    await editor.request('startDebug', params)
  } catch (error) {
    return (error as { data: StartError }).data
  }
  throw new Error('it started')
}
