/** What tasks.json may hold, for completion and hover. Tasks of other extensions have attributes of their own. */
import type { AllowedValue, Attribute, Shape } from './attributes'
import { LAUNCH_FILE } from './attributeTable'
import { BUILT_IN_MATCHERS, EXTENSION_MATCHERS } from './taskMatchers'

const TEXT: Shape = { is: 'text' }
const FLAG: Shape = { is: 'flag' }
const TEXTS: Shape = { is: 'list', of: TEXT }
const CODE = ['VS Code'] as const

const value = (name: string, documentation: string): AllowedValue => ({ value: name, documentation })
const oneOf = (...values: AllowedValue[]): Shape => ({ is: 'text', values })
const either = (...shapes: Shape[]): Shape => ({ is: 'either', shapes })

const QUOTED: Shape = {
  is: 'object',
  attributes: [
    { name: 'value', documentation: 'The text.', shape: TEXT, readBy: CODE },
    {
      name: 'quoting',
      documentation: 'How the shell is kept from expanding it.',
      shape: oneOf(
        value('escape', 'Each special character is escaped.'),
        value('strong', 'In quotes that expand nothing.'),
        value('weak', 'In quotes that expand variables.'),
      ),
      readBy: CODE,
    },
  ],
}

const OPTIONS: Attribute = {
  name: 'options',
  documentation: 'Where and with what the command runs.',
  shape: {
    is: 'object',
    attributes: [
      {
        name: 'cwd',
        documentation: 'The current directory of the command.',
        shape: { is: 'text', names: 'folder' },
        readBy: CODE,
        default: '${workspaceFolder}',
      },
      {
        name: 'env',
        documentation: 'Environment variables, over those of the editor.',
        shape: { is: 'object', attributes: [], others: TEXT },
        readBy: CODE,
        snippet: '{\n\t"${1:NAME}": "${2:value}"\n}',
      },
      {
        name: 'shell',
        documentation: 'The shell to use instead of the default one.',
        shape: {
          is: 'object',
          attributes: [
            { name: 'executable', documentation: 'The shell.', shape: TEXT, readBy: CODE },
            { name: 'args', documentation: 'Its arguments before the command.', shape: TEXTS, readBy: CODE },
          ],
        },
        readBy: CODE,
      },
    ],
  },
  readBy: CODE,
}

const RUN: readonly Attribute[] = [
  {
    name: 'command',
    documentation: 'What is run: a program, or with `shell` a whole command line.',
    shape: either(TEXT, QUOTED),
    readBy: CODE,
    snippet: '"$1"',
  },
  {
    name: 'args',
    documentation: 'Arguments of the command. In a shell those with blanks are quoted.',
    shape: { is: 'list', of: either(TEXT, QUOTED) },
    readBy: CODE,
    snippet: '["$1"]',
  },
  OPTIONS,
]

const ONE_MATCHER: Shape = either(
  {
    is: 'text',
    open: true,
    values: [
      ...BUILT_IN_MATCHERS.map(name => value(`$${name}`, 'Comes with VS Code.')),
      ...EXTENSION_MATCHERS.map(name => value(`$${name}`, 'Of an extension of VS Code.')),
    ],
  },
  {
    is: 'object',
    attributes: [
      { name: 'owner', documentation: 'Whose problems these are.', shape: TEXT, readBy: CODE },
      {
        name: 'pattern',
        documentation: 'How a line with a problem looks.',
        shape: { is: 'anything' },
        readBy: CODE,
        snippet: '{ "regexp": "${1:^(.*):(\\\\\\\\d+): (.*)\\$}" }',
      },
      {
        name: 'background',
        documentation: 'How the output of a task in the background shows that it begins and is ready.',
        shape: {
          is: 'object',
          attributes: [
            {
              name: 'activeOnStart',
              documentation: 'Counts as begun from the start.',
              shape: FLAG,
              readBy: CODE,
              default: false,
            },
            {
              name: 'beginsPattern',
              documentation: 'The line with which it begins.',
              shape: TEXT,
              readBy: CODE,
            },
            {
              name: 'endsPattern',
              documentation: 'The line with which it is ready.',
              shape: TEXT,
              readBy: CODE,
            },
          ],
        },
        readBy: CODE,
        snippet:
          '{\n\t"activeOnStart": true,\n\t"beginsPattern": "${1:begin}",\n\t"endsPattern": "${2:ready}"\n}',
      },
    ],
    others: { is: 'anything' },
  },
)
const MATCHER: Shape = either(ONE_MATCHER, { is: 'list', of: ONE_MATCHER })

const flag = (name: string, documentation: string, byDefault: boolean): Attribute => ({
  name,
  documentation,
  shape: FLAG,
  readBy: CODE,
  default: byDefault,
})

const PRESENTATION: readonly Attribute[] = [
  {
    name: 'reveal',
    documentation: 'Whether the terminal comes to the front.',
    shape: oneOf(
      value('always', 'At each run.'),
      value('silent', 'Only when the output shows a problem, or nothing looks for problems.'),
      value('never', 'Not by itself.'),
    ),
    readBy: CODE,
    default: 'always',
  },
  {
    name: 'revealProblems',
    documentation: 'Whether the list of problems comes to the front. It goes before `reveal`.',
    shape: oneOf(
      value('never', 'Not by itself.'),
      value('onProblem', 'When a problem is found.'),
      value('always', 'At each run.'),
    ),
    readBy: CODE,
    default: 'never',
  },
  {
    name: 'panel',
    documentation: 'Which terminal it runs in.',
    shape: oneOf(
      value('shared', 'One that other tasks use, too.'),
      value('dedicated', 'One of its own, which each run uses again.'),
      value('new', 'A new one at each run.'),
    ),
    readBy: CODE,
    default: 'shared',
  },
  flag('echo', 'Shows the command line in the terminal.', true),
  flag('focus', 'Puts the cursor into the terminal.', false),
  flag('clear', 'Empties the terminal before the run.', false),
  flag('close', 'Closes the terminal when the task has ended.', false),
  flag('showReuseMessage', 'Says that the terminal will be used again.', true),
  { name: 'group', documentation: 'Tasks of one group share a split terminal.', shape: TEXT, readBy: CODE },
]

const RUN_OPTIONS: readonly Attribute[] = [
  {
    name: 'runOn',
    documentation: 'What starts it.',
    shape: oneOf(
      value('default', 'Whoever asks for it.'),
      value('folderOpen', 'The opening of the folder, too.'),
    ),
    readBy: CODE,
    default: 'default',
  },
  flag('reevaluateOnRerun', 'Variables are worked out anew when it is run again.', true),
  {
    name: 'instanceLimit',
    documentation: 'How many runs of it there can be at once.',
    shape: { is: 'number' },
    readBy: CODE,
    default: 1,
  },
]

/** An element of `tasks`. */
export const TASK: readonly Attribute[] = [
  {
    name: 'label',
    documentation: 'The name of the task, by which configurations and other tasks ask for it.',
    shape: TEXT,
    readBy: CODE,
    snippet: '"${1:build}"',
  },
  {
    name: 'type',
    documentation: 'How the command is run. Absent: `process`.',
    shape: {
      is: 'text',
      open: true,
      values: [
        value('shell', 'As a command line of a shell.'),
        value('process', 'As a program, without a shell.'),
        value('npm', 'As a script of package.json.'),
      ],
    },
    readBy: CODE,
  },
  ...RUN,
  {
    name: 'dependsOn',
    documentation: 'Tasks to run before this one.',
    shape: either({ is: 'list', of: { is: 'text', names: 'task' } }, { is: 'text', names: 'task' }),
    readBy: CODE,
    snippet: '["$1"]',
  },
  {
    name: 'dependsOrder',
    documentation: 'In which order the tasks of `dependsOn` run.',
    shape: oneOf(
      value('parallel', 'At once.'),
      value('sequence', 'One after the other; the first failure ends it.'),
    ),
    readBy: CODE,
    default: 'parallel',
  },
  {
    name: 'isBackground',
    documentation: 'It goes on running: whoever waits for it needs a `problemMatcher` with `background`.',
    shape: FLAG,
    readBy: CODE,
    default: false,
  },
  {
    name: 'problemMatcher',
    documentation: 'How problems, and the progress of a task in the background, are read from its output.',
    shape: MATCHER,
    readBy: CODE,
    snippet: '[$1]',
  },
  {
    name: 'group',
    documentation: 'What kind of task it is. The default one of `build` is `${defaultBuildTask}`.',
    shape: either(
      {
        is: 'text',
        values: [value('build', 'It builds.'), value('test', 'It tests.'), value('none', 'Neither.')],
      },
      {
        is: 'object',
        attributes: [
          {
            name: 'kind',
            documentation: '`build` or `test`.',
            shape: oneOf(value('build', 'It builds.'), value('test', 'It tests.')),
            readBy: CODE,
          },
          {
            name: 'isDefault',
            documentation: 'The one that is meant when none is named.',
            shape: FLAG,
            readBy: CODE,
            default: false,
          },
        ],
      },
    ),
    readBy: CODE,
    snippet: '{\n\t"kind": "${1|build,test|}",\n\t"isDefault": true\n}',
  },
  ...(['windows', 'osx', 'linux'] as const).map(
    (name): Attribute => ({
      name,
      documentation: 'Attributes that take the place of the others on this system.',
      shape: { is: 'object', attributes: RUN },
      readBy: CODE,
      snippet: '{\n\t$1\n}',
    }),
  ),
  {
    name: 'presentation',
    documentation: 'How the terminal is shown.',
    shape: { is: 'object', attributes: PRESENTATION, others: { is: 'anything' } },
    readBy: CODE,
    snippet: '{\n\t$1\n}',
  },
  {
    name: 'runOptions',
    documentation: 'When and how often the task is run.',
    shape: { is: 'object', attributes: RUN_OPTIONS, others: { is: 'anything' } },
    readBy: CODE,
    snippet: '{\n\t$1\n}',
  },
  { name: 'detail', documentation: 'Shown beside the label.', shape: TEXT, readBy: CODE },
]

/** Of tasks of the type `npm`, which have no command of their own. */
export const NPM_TASK: readonly Attribute[] = [
  {
    name: 'script',
    documentation: 'The script of package.json to run.',
    shape: { is: 'text', names: 'npm script' },
    readBy: CODE,
  },
  {
    name: 'path',
    documentation: 'The folder of package.json, relative to the workspace folder.',
    shape: { is: 'text', names: 'folder' },
    readBy: CODE,
  },
  ...TASK.filter(each => each.name !== 'command' && each.name !== 'args'),
]

/** The file itself. */
export const TASK_FILE: readonly Attribute[] = [
  {
    name: 'version',
    documentation: 'The version of the file format.',
    shape: TEXT,
    readBy: CODE,
    default: '2.0.0',
  },
  {
    name: 'tasks',
    documentation: 'What can be run.',
    shape: { is: 'list', of: { is: 'object', attributes: TASK, others: { is: 'anything' } } },
    readBy: CODE,
    snippet: '[\n\t{\n\t\t"label": "${1:build}",\n\t\t"type": "shell",\n\t\t"command": "$2"\n\t}\n]',
  },
  ...LAUNCH_FILE.filter(each => each.name === 'inputs'),
]
