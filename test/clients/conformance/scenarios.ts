/** What every client has to do, as data: a driver plays the steps in its real editor. */

/** One act of the user, or one thing that he must see. A driver waits for what is to be seen. */
export type Step =
  /** Opens a file of the workspace, with the cursor on a line (1-based). */
  | readonly ['open', file: string, line?: number]
  /** Sets a breakpoint in the open file, by the editor's own debugger. */
  | readonly [
      'breakpoint',
      line: number,
      more?: { readonly condition?: string; readonly logMessage?: string },
    ]
  /** What the user answers to the next prompts, in order; null cancels. */
  | readonly ['answer', ...answers: (string | null)[]]
  /** Our command, with a name. */
  | readonly ['start', name: string]
  | readonly ['run', name: string]
  /** Chooses the name in the list that the editor's own debugger offers. */
  | readonly ['pick', name: string]
  /** A session has stopped since the last start, step, continue or restart, and the editor shows this place. */
  | readonly ['stopped', file: string, line: number]
  /** A local of the frame in which it stopped. */
  | readonly ['variable', name: string, value: string]
  | readonly ['next']
  | readonly ['continue']
  | readonly ['restart']
  | readonly ['stop']
  /** Exactly these sessions run. */
  | readonly ['sessions', ...names: string[]]
  /** The debugger's console shows this text of the program. */
  | readonly ['output', text: string]
  /** A terminal of the editor shows this text. */
  | readonly ['terminal', text: string]
  /** A prompt with this title was shown. */
  | readonly ['asked', title: string]
  /** A message to the user has this text in it. */
  | readonly ['shown', text: string]
  /** Writes a file of the workspace on disk. */
  | readonly ['write', file: string, text: string]
  /** No session is left. */
  | readonly ['ended']
  /** The editor dies. Nothing may run afterwards. */
  | readonly ['kill']

export interface Scenario {
  /** As the table names it. */
  readonly name: string
  readonly steps: readonly Step[]
}

const AT_THE_BREAKPOINT: readonly Step[] = [
  ['open', 'app.py'],
  ['breakpoint', 7],
  ['start', 'app'],
  ['stopped', 'app.py', 7],
]
const TO_THE_END: readonly Step[] = [['continue'], ['ended']]

export const SCENARIOS: readonly Scenario[] = [
  { name: 'start by name', steps: [...AT_THE_BREAKPOINT, ['sessions', 'app'], ...TO_THE_END] },
  {
    name: 'start by pick',
    steps: [['open', 'app.py'], ['breakpoint', 7], ['pick', 'app'], ['stopped', 'app.py', 7], ...TO_THE_END],
  },
  {
    name: 'run without debugging',
    steps: [['open', 'app.py'], ['breakpoint', 7], ['run', 'app'], ['output', 'result 42 dev'], ['ended']],
  },
  {
    name: 'variables',
    steps: [
      ...AT_THE_BREAKPOINT,
      ['variable', 'total', '42'],
      ['variable', 'label', "'ééé'"],
      ['variable', 'mode', "'dev'"],
      ...TO_THE_END,
    ],
  },
  {
    name: 'conditional breakpoint',
    steps: [
      ['open', 'loop.py'],
      ['breakpoint', 2, { condition: 'turn == 2' }],
      ['start', 'loop'],
      ['stopped', 'loop.py', 2],
      ['variable', 'turn', '2'],
      ...TO_THE_END,
    ],
  },
  {
    name: 'log point',
    steps: [
      ['open', 'loop.py'],
      ['breakpoint', 2, { logMessage: 'at turn {turn}' }],
      ['start', 'loop'],
      ['output', 'at turn 2'],
      ['ended'],
    ],
  },
  {
    name: 'step',
    steps: [
      ['open', 'app.py'],
      ['breakpoint', 5],
      ['start', 'app'],
      ['stopped', 'app.py', 5],
      ['next'],
      ['stopped', 'app.py', 6],
      ['next'],
      ['stopped', 'app.py', 7],
      ['variable', 'total', '42'],
      ...TO_THE_END,
    ],
  },
  {
    name: 'child process',
    steps: [
      ['open', 'family.py'],
      ['breakpoint', 5],
      ['start', 'family'],
      ['stopped', 'family.py', 5],
      ['variable', 'square', '49'],
      ...TO_THE_END,
    ],
  },
  {
    name: 'compound of two',
    steps: [
      ['open', 'app.py'],
      ['breakpoint', 7],
      ['start', 'both'],
      ['stopped', 'app.py', 7],
      ['sessions', 'app', 'other'],
      ['stop'],
      ['ended'],
    ],
  },
  {
    name: 'prompt answered',
    steps: [
      ['open', 'app.py'],
      ['breakpoint', 7],
      ['answer', '50%1 off'],
      ['start', 'asks'],
      ['asked', 'Which mode?'],
      ['stopped', 'app.py', 7],
      ['variable', 'mode', "'50%1 off'"],
      ...TO_THE_END,
    ],
  },
  {
    name: 'prompt cancelled',
    steps: [['open', 'app.py'], ['answer', null], ['start', 'asks'], ['asked', 'Which mode?'], ['ended']],
  },
  {
    name: 'refusal shown',
    steps: [['open', 'app.py'], ['start', 'lost'], ['shown', 'nowhere.py'], ['ended']],
  },
  {
    name: 'restart after an edit of .env',
    steps: [
      ...AT_THE_BREAKPOINT,
      ['variable', 'mode', "'dev'"],
      ['write', 'app.env', 'MODE=staging\n'],
      ['restart'],
      ['stopped', 'app.py', 7],
      ['variable', 'mode', "'staging'"],
      ...TO_THE_END,
    ],
  },
  {
    name: 'terminal',
    steps: [
      ['open', 'app.py'],
      ['breakpoint', 7],
      ['start', 'terminal'],
      ['stopped', 'app.py', 7],
      ['continue'],
      ['terminal', 'result 42 x'],
      ['ended'],
    ],
  },
  { name: 'stop', steps: [...AT_THE_BREAKPOINT, ['stop'], ['ended']] },
  { name: 'editor killed', steps: [...AT_THE_BREAKPOINT, ['kill']] },
]
