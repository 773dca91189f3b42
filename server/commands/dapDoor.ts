import type { JsonObject } from '../core/json'
import type { Ui } from '../launching/machine'
import type { PromptParams, StartError } from '../protocol'
import { ATTACH_EVENT } from '../sessions/children'
import type { DapRequest } from '../sessions/dapMessage'
import { type DapPeer, openPeer, RELAY_SEQ } from '../sessions/dapPeer'
import type { ClientCapabilities } from '../sessions/debugpyArguments'
import { answerAfterEnd } from '../sessions/endAnswers'
import { welcome } from '../sessions/greeting'
import { errorBody, textOf } from '../sessions/sessionErrors'
import { StartRefused } from '../sessions/startError'
import type { Common } from './arguments'
import type { Machine } from './command'
import { type OtherSession, type Started, startFor } from './dapStart'

/** An editor that knows nothing of launch-ls, until it and every session that it has are gone. */
export interface Served {
  readonly ended: Promise<void>
  /** Ends every session. */
  close(): Promise<void>
}

/**
 * Greets the editor, makes sessions of its `launch` or `attach`, and passes all else on between it and the broker.
 * Its other sessions (children, members of a compound) are its own connections to the broker's port, or processes
 * like this one that join it there.
 */
export function serveEditor(machine: Machine, flags: Common): Served {
  let cancelled = new AbortController()
  let capabilities: ClientCapabilities | undefined
  let state: 'idle' | 'starting' | 'joined' | 'over' = 'idle'
  let started: Started | undefined
  /** Settles when the start that was asked for last has begun, or is told why not. */
  let starting: Promise<void> | undefined
  let session: DapPeer | undefined
  let held: Buffer[] = []
  let hasSaidGoodbye = false
  let hasLeft = false
  let tellEnded: () => void = ignore
  const ended = new Promise<void>(resolve => {
    tellEnded = resolve
  })

  const editor: DapPeer = openPeer(
    machine.input,
    machine.output,
    {
      onRequest: hear,
      onResponse: (response, bytes) => void session?.forwardResponse(response, bytes),
      onEvent: ignore,
      onDrain: () => session?.resume(),
      onClosed: leave,
    },
    undefined,
    RELAY_SEQ,
  )

  function hear(request: DapRequest, bytes: Buffer): void {
    if (request.command === 'disconnect') hasSaidGoodbye = true
    if (state === 'joined') session?.forward(bytes)
    else if (state === 'over') {
      answerAfterEnd(editor, request)
      if (hasSaidGoodbye) leave()
    } else if (state === 'starting' && !GOODBYES.includes(request.command)) wait(request, bytes)
    else greet(request)
    if (session?.isFull) editor.pause()
  }

  /** A start is on its way: that may take minutes, with a task or a question. */
  function wait(request: DapRequest, bytes: Buffer): void {
    if (request.command !== 'cancel') held.push(bytes)
    else {
      editor.respond(request)
      cancelled.abort()
    }
  }

  /** There is no session yet. */
  function greet(request: DapRequest): void {
    const { command } = request
    if (command === 'initialize') capabilities = welcome(editor, request, capabilities)
    else if (GOODBYES.includes(command)) {
      beforeGoodbye()
      editor.respond(request)
      leave()
    } else if (command !== 'launch' && command !== 'attach')
      editor.refuse(request, 'Send launch or attach first.')
    else if (capabilities === undefined) editor.refuse(request, 'Send initialize first.')
    else starting = begin(request, capabilities)
  }

  async function begin(request: DapRequest, client: ClientCapabilities): Promise<void> {
    state = 'starting'
    cancelled = new AbortController()
    try {
      const canStartDebugging = client['supportsStartDebuggingRequest'] === true
      const knowsUs = request.arguments['launchLs'] === true
      const ui = uiOf(editor, knowsUs)
      const signal = cancelled.signal
      started = await startFor(request, { machine, flags, ui, signal, canStartDebugging, onSession: look })
      if (hasLeft) {
        await started.parts?.close()
        void close()
        return
      }
      join(request, client, started)
      if (knowsUs) editor.event('launchLsSession', { name: started.stub['name'] })
    } catch (error) {
      const refused = asRefusal(error)
      refuse(request, client, textOf(refused), errorBody(refused))
    }
  }

  function join(request: DapRequest, client: ClientCapabilities, to: Started): void {
    const hearsMore = client[ATTACH_EVENT] === true
    let isInitialized = false
    const over = () => {
      if (session === joined) sessionOver()
    }
    const passOn = (bytes: Buffer) => {
      editor.forward(bytes)
      if (editor.isFull) joined.pause()
    }
    const joined: DapPeer = openPeer(to.readable, to.writable, {
      onRequest: (_request, bytes) => passOn(bytes),
      onResponse: (response, bytes) => void editor.forwardResponse(response, bytes),
      onEvent: ({ event }, bytes) => {
        isInitialized ||= event === 'initialized'
        if (hearsMore || STANDARD_EVENTS.has(event)) passOn(bytes)
        // Some editors say goodbye when they hear this, and take no answer for a failure.
        if (event === 'terminated') setTimeout(over, GOODBYE)
      },
      onDrain: () => editor.resume(),
      onClosed: over,
    })
    session = joined
    for (const error of to.refused ?? []) say(editor, `${textOf(error)}\n`)
    joined.ask('initialize', { ...client, [ATTACH_EVENT]: hearsMore }, ignore)
    joined.ask(to.request, to.stub, response => {
      if (response.success) {
        editor.respond(request, response.body)
        // Editors finish their start with it, and debugpy tells it to a debugger only.
        if (!isInitialized) editor.event('initialized', {})
        for (const other of to.others) startOther(other, to)
      } else {
        session = undefined
        joined.end()
        void to.parts?.close()
        refuse(request, client, response.message ?? 'The start failed.', response.body)
      }
    })
    state = 'joined'
    for (const bytes of held) joined.forward(bytes)
    held = []
  }

  function startOther({ id, configuration }: OtherSession, { parts }: Started): void {
    const { request } = configuration
    editor.ask('startDebugging', { request, configuration }, async ({ success, message }) => {
      if (success) return
      say(editor, `'${String(configuration['name'])}' was not started: ${message ?? 'no reason given'}.\n`)
      const broker = await parts?.broker()
      broker?.cancel(id)
    })
  }

  /** The editor shows why; another `launch` may come, or its goodbye. */
  function refuse(request: DapRequest, client: ClientCapabilities, message: string, body: JsonObject): void {
    held = []
    state = 'idle'
    const say = () => editor.refuse(request, message, body)
    if (hasLeft || hasSaidGoodbye || !NEEDS_AN_END.includes(String(client['clientID']))) say()
    else {
      beforeGoodbye = say
      editor.event('terminated', {})
    }
    if (hasLeft) void close()
    else if (hasSaidGoodbye) leave()
  }

  function sessionOver(): void {
    if (state !== 'joined') return
    state = 'over'
    for (const request of [...editor.unanswered.values()]) answerAfterEnd(editor, request)
    if (hasSaidGoodbye) leave()
    else look()
  }

  /** The editor is gone, or has said goodbye. */
  function leave(): void {
    if (hasLeft) return
    hasLeft = true
    cancelled.abort()
    session?.end()
    if (state === 'starting') return
    state = 'over'
    void started?.parts?.broker().then(broker => broker.cancelWaiting())
    look()
  }

  /** Whether all is over. */
  async function look(): Promise<void> {
    if (state !== 'over') return
    const others = (await started?.parts?.broker())?.sessions() ?? []
    if (others.length === 0) await close()
  }

  let beforeGoodbye: () => void = ignore
  let closing: Promise<void> | undefined
  function close(): Promise<void> {
    closing ??= closeAll()
    return closing
  }

  async function closeAll(): Promise<void> {
    hasLeft = true
    cancelled.abort()
    // Behind its last words nothing can be told: the launch has its answer first.
    await starting
    await started?.parts?.close()
    editor.end()
    if (machine.output.writableFinished) end()
    machine.output.once('finish', end)
    setTimeout(end, FLUSH_BOUND).unref()
  }

  function end(): void {
    editor.destroy()
    tellEnded()
  }

  return { ended, close }
}

/**
 * Helix keeps a session whose start failed, and starts no other. It lets go when it hears of an end, and shows what
 * comes last.
 */
const NEEDS_AN_END = ['hx']
const GOODBYES = ['disconnect', 'terminate']
/** Milliseconds for an editor to say goodbye after the end. */
const GOODBYE = 300
/** Milliseconds for an editor to read the last words. */
const FLUSH_BOUND = 2_000

const STANDARD_EVENTS: ReadonlySet<string> = new Set([
  'breakpoint',
  'capabilities',
  'continued',
  'exited',
  'initialized',
  'invalidated',
  'loadedSource',
  'memory',
  'module',
  'output',
  'process',
  'progressEnd',
  'progressStart',
  'progressUpdate',
  'stopped',
  'terminated',
  'thread',
])

/** The debug console is all that can be written to; and only an editor that says so can be asked. */
function uiOf(editor: DapPeer, canBeAsked: boolean): Ui {
  return {
    ask: (prompt, signal) => (canBeAsked ? askEditor(editor, prompt, signal) : Promise.resolve(undefined)),
    runCommand: () => undefined,
    progress: () => undefined,
    output: ({ text, stream }) => say(editor, text, stream),
  }
}

/** Our own request, answered as `debug/prompt`: null is Escape. */
function askEditor(editor: DapPeer, prompt: PromptParams, signal: AbortSignal): Promise<string | null> {
  return new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(null), { once: true })
    editor.ask('launchLsPrompt', prompt, ({ success, body: { value } }) => {
      resolve(success && typeof value === 'string' ? value : null)
    })
  })
}

function say(editor: DapPeer, output: string, category = 'console'): void {
  editor.event('output', { category, output })
}

function asRefusal(error: unknown): StartError {
  if (error instanceof StartRefused) return error.error
  return { kind: 'invalidConfiguration', message: error instanceof Error ? error.message : String(error) }
}

function ignore(): void {
  // nothing to do
}
