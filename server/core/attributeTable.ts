/**
 * What launch.json may hold: one table that completion, hover, checks, the JSON schema and docs/configuration.md are
 * made from. Data only; `attributes.ts` asks it questions.
 *
 * Sources: the schema of the Python Debugger extension, the arguments that debugpy's adapter, launcher and pydevd
 * read (`adapter/clients.py`, `launcher/handlers.py`, `pydevd_process_net_command_json.py`), and VS Code's own
 * configuration keys.
 */
import type { AllowedValue, Attribute, Names, Reader, Shape } from './attributes'

const TEXT: Shape = { is: 'text' }
const FLAG: Shape = { is: 'flag' }
const LENIENT_FLAG: Shape = { is: 'flag', lenient: true }
const NUMBER: Shape = { is: 'number' }
const NULL: Shape = { is: 'null' }
const ANYTHING: Shape = { is: 'anything' }
const TEXTS: Shape = { is: 'list', of: TEXT }

const text = (names: Names): Shape => ({ is: 'text', names })
const either = (...shapes: Shape[]): Shape => ({ is: 'either', shapes })
const oneOf = (...values: AllowedValue[]): Shape => ({ is: 'text', values })
const examples = (...values: AllowedValue[]): Shape => ({ is: 'text', values, open: true })
const value = (name: string, documentation: string): AllowedValue => ({ value: name, documentation })

const CODE: readonly Reader[] = ['VS Code']
const EXTENSION: readonly Reader[] = ['Python Debugger extension']
const DEBUGPY: readonly Reader[] = ['debugpy']
const BOTH: readonly Reader[] = ['Python Debugger extension', 'debugpy']

const EXIT_RANGE = { from: 'First code of the range.', to: 'Last code of the range.' }

export const PORT: Shape = either(NUMBER, TEXT)
const PURPOSES = oneOf(
  value('debug-test', 'Used when a test is debugged. `program`, `module` and `args` are filled in.'),
  value('debug-in-terminal', 'Used by “Debug Python File in Terminal”. `program` is the file in the editor.'),
)
const VISIBILITY = oneOf(
  value('group', 'Behind one node that can be opened.'),
  value('inline', 'Among the other variables.'),
  value('hide', 'Not at all.'),
)

const PRESENTATION: Attribute = {
  name: 'presentation',
  documentation:
    'Where the entry stands in the list of configurations. Entries with a group come first, groups by name, and ' +
    'inside a group by `order`.',
  shape: {
    is: 'object',
    attributes: [
      {
        name: 'hidden',
        documentation: 'Keeps the entry out of the list. It can still be started by name and by a compound.',
        shape: FLAG,
        readBy: CODE,
        default: false,
      },
      {
        name: 'group',
        documentation: 'The group that the entry is listed in.',
        shape: TEXT,
        readBy: CODE,
        default: '',
      },
      {
        name: 'order',
        documentation: 'Place inside the group, ascending. Entries without an order come last.',
        shape: NUMBER,
        readBy: CODE,
        default: 1,
      },
    ],
  },
  readBy: CODE,
  snippet: '{\n\t"group": "${1:group}",\n\t"order": ${2:1}\n}',
}

const TASK: Shape = either(text('task'), { is: 'object', attributes: [], others: ANYTHING })

/** Read by VS Code in configurations of every type. */
export const VSCODE_CONFIGURATION: readonly Attribute[] = [
  {
    name: 'name',
    documentation:
      'The name of the configuration in lists, in compounds and for starting it. Of two equal names in one file the ' +
      'second is listed as `name (1)`. Variables in it are not replaced in lists.',
    shape: TEXT,
    readBy: CODE,
    snippet: '"${1:Python: Current File}"',
  },
  {
    name: 'type',
    documentation:
      'The debugger that runs the configuration: `debugpy` for Python. VS Code finds it whatever the case, editors ' +
      'may not.',
    shape: examples(value('debugpy', 'Python, with debugpy.')),
    readBy: CODE,
    default: 'debugpy',
  },
  {
    name: 'request',
    documentation: 'Whether the debugger starts the program (`launch`) or joins one that runs (`attach`).',
    shape: oneOf(
      value('launch', 'Start `program`, `module` or `code` under the debugger.'),
      value('attach', 'Join a running program over `connect`, `listen` or by `processId`.'),
    ),
    readBy: CODE,
    default: 'launch',
  },
  {
    name: 'preLaunchTask',
    documentation:
      'A task of tasks.json to run before the session starts: its label, or an object that identifies it. A failing ' +
      'task asks whether to go on (setting `debug.onTaskErrors`). A background task is waited for until its problem ' +
      'matcher says that it is ready.',
    shape: TASK,
    readBy: CODE,
    strict: true,
  },
  {
    name: 'postDebugTask',
    documentation: 'A task of tasks.json to run when the session is over. Its result is not looked at.',
    shape: TASK,
    readBy: CODE,
  },
  {
    name: 'preRestartTask',
    documentation: 'A task to run first when the user restarts the session.',
    shape: TASK,
    readBy: CODE,
  },
  {
    name: 'postRestartTask',
    documentation: 'A task to run last when the user restarts the session, after `preLaunchTask`.',
    shape: TASK,
    readBy: CODE,
  },
  PRESENTATION,
  {
    name: 'internalConsoleOptions',
    documentation:
      'When the debug console is shown. Absent: the setting `debug.internalConsoleOptions`; in Python ' +
      'configurations that use a terminal: `neverOpen`.',
    shape: oneOf(
      value('neverOpen', 'Never by itself.'),
      value('openOnSessionStart', 'At each start.'),
      value('openOnFirstSessionStart', 'At the first start.'),
    ),
    readBy: CODE,
    default: 'openOnFirstSessionStart',
  },
  {
    name: 'debugServer',
    documentation:
      'For people who work on a debug adapter: connects to one that listens on this port instead of starting one.',
    shape: PORT,
    readBy: CODE,
    snippet: '${1:4711}',
  },
  {
    name: 'suppressMultipleSessionWarning',
    documentation: 'Starts a second session of the same configuration without asking.',
    shape: FLAG,
    readBy: CODE,
    default: false,
  },
  {
    name: 'serverReadyAction',
    documentation:
      'Opens a page or starts another configuration when the output shows that a server is ready. Happens once a ' +
      'session. Watched are the debug console and the integrated terminal.',
    shape: {
      is: 'object',
      attributes: [
        {
          name: 'action',
          documentation: 'What to do when the pattern is seen.',
          shape: oneOf(
            value('openExternally', 'Open the address in the default browser.'),
            value('openIntegratedBrowser', 'Open the address in the editor.'),
            value('debugWithChrome', 'Open the address in Chrome, debugged.'),
            value('debugWithEdge', 'Open the address in Edge, debugged.'),
            value('startDebugging', 'Start the configuration of `name` or `config`.'),
          ),
          readBy: CODE,
          default: 'openExternally',
        },
        {
          name: 'pattern',
          documentation:
            'Regular expression that is looked for in each line, without regard to case. What its first group ' +
            'captures goes into `uriFormat`.',
          shape: TEXT,
          readBy: CODE,
          default: 'listening on.* (https?://\\S+|[0-9]+)',
          snippet: '"${1:Uvicorn running on (https?://\\\\\\\\S+)}"',
        },
        {
          name: 'uriFormat',
          documentation:
            'The address to open; `%s` stands for what `pattern` captured. Absent: `http://localhost:%s` when that ' +
            'is a number, otherwise `%s`.',
          shape: TEXT,
          readBy: CODE,
          snippet: '"${1:%s}"',
        },
        {
          name: 'webRoot',
          documentation: 'Where the browser debugger looks for sources.',
          shape: text('folder'),
          readBy: CODE,
          default: '${workspaceFolder}',
        },
        {
          name: 'name',
          documentation: 'The configuration that `startDebugging` starts.',
          shape: text('configuration'),
          readBy: CODE,
        },
        {
          name: 'config',
          documentation: 'The configuration that `startDebugging` starts, written out.',
          shape: { is: 'object', attributes: [], others: ANYTHING },
          readBy: CODE,
        },
        {
          name: 'killOnServerStop',
          documentation: 'Ends the browser session together with this one.',
          shape: FLAG,
          readBy: CODE,
          default: false,
        },
      ],
    },
    readBy: CODE,
    snippet:
      '{\n\t"pattern": "${1:Uvicorn running on (https?://\\\\\\\\S+)}",\n\t"uriFormat": "%s",\n' +
      '\t"action": "openExternally"\n}',
  },
]

const HOST_AND_PORT: readonly Attribute[] = [
  {
    name: 'host',
    documentation: 'Name or address. An IPv6 address is written without brackets.',
    shape: text('host'),
    readBy: BOTH,
    strict: true,
    default: '127.0.0.1',
    snippet: '"${1:localhost}"',
  },
  {
    name: 'port',
    documentation: 'Number of the port, or a text with a variable such as `"${input:port}"`.',
    shape: PORT,
    readBy: BOTH,
    strict: true,
    snippet: '${1:5678}',
  },
]

export const PATH_MAPPINGS: Attribute = {
  name: 'pathMappings',
  documentation:
    'Pairs of folders that hold the same sources here and where the program runs. Without a fitting pair a ' +
    'breakpoint is shown as set and never hit. An attach to this machine maps the workspace folder to itself; with ' +
    '`connect` give the pair yourself.',
  shape: {
    is: 'list',
    of: {
      is: 'object',
      attributes: [
        {
          name: 'localRoot',
          documentation: 'The folder on this machine. `~` is not expanded: use `${userHome}`.',
          shape: text('folder'),
          readBy: BOTH,
          strict: true,
          default: '${workspaceFolder}',
        },
        {
          name: 'remoteRoot',
          documentation:
            'The same folder where the program runs. `.` is the current directory of the program.',
          shape: TEXT,
          readBy: BOTH,
          strict: true,
          snippet: '"${1:/app}"',
        },
      ],
      required: ['localRoot', 'remoteRoot'],
    },
  },
  readBy: BOTH,
  strict: true,
  nullIs: { launch: 'refused', attach: 'absent' },
  default: [],
  snippet: '[\n\t{\n\t\t"localRoot": "\\${workspaceFolder}",\n\t\t"remoteRoot": "${1:.}"\n\t}\n]',
}

/** Attributes of Python configurations alone, roughly in the order of how often they are used. */
const PYTHON: readonly Attribute[] = [
  {
    name: 'program',
    documentation:
      'The Python file to run. A relative path is taken from `cwd`. Exactly one of `program`, `module` and `code` is ' +
      'needed.',
    shape: text('python file'),
    readBy: BOTH,
    strict: true,
    request: 'launch',
    default: '${file}',
    conflicts: ['module', 'code'],
  },
  {
    name: 'module',
    documentation:
      'The module to run, as with `python -m`: a dotted name, not a path. It is looked for from `cwd`, in ' +
      'PYTHONPATH and among the installed packages.',
    shape: text('module'),
    readBy: BOTH,
    strict: true,
    request: 'launch',
    conflicts: ['program', 'code'],
    snippet: '"${1:module}"',
  },
  {
    name: 'code',
    documentation: 'Python code to run, as with `python -c`. A list is joined with line breaks.',
    shape: either(TEXT, TEXTS),
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    conflicts: ['program', 'module'],
    snippet: '"${1:import sys; print(sys.version)}"',
  },
  {
    name: 'args',
    documentation:
      'Arguments for the program. Each element of a list arrives as it stands. A single text goes through the shell ' +
      'of the terminal, which splits it and expands `$HOME` or `*`; it needs a terminal as `console`.',
    shape: either(TEXTS, examples(value('${command:pickArgs}', 'Asks for the arguments at each start.'))),
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    default: [],
    snippet: '["$1"]',
  },
  {
    name: 'console',
    documentation: 'Where the program runs and writes its output.',
    shape: oneOf(
      value('integratedTerminal', 'A terminal of the editor. `input()` works.'),
      value('internalConsole', 'The debug console. Nothing can be typed into the program.'),
      value('externalTerminal', 'A terminal window of its own.'),
    ),
    readBy: BOTH,
    strict: true,
    request: 'launch',
    default: 'integratedTerminal',
    nullIs: 'absent',
  },
  {
    name: 'justMyCode',
    documentation:
      'Stops and steps in your own code alone. `false` makes breakpoints in libraries work, and stepping enters them.',
    shape: LENIENT_FLAG,
    readBy: BOTH,
    default: true,
    defaultNote: 'the setting `debugpy.debugJustMyCode`, which is `true`',
    snippet: '${1|false,true|}',
    nullIs: 'false',
  },
  {
    name: 'cwd',
    documentation:
      'The current directory of the program. Relative paths in `program`, and modules, are looked for from here.',
    shape: text('folder'),
    readBy: BOTH,
    strict: true,
    request: 'launch',
    default: '${workspaceFolder}',
    nullIs: 'absent',
  },
  {
    name: 'env',
    documentation:
      'Environment variables of the program, over those of `envFile` and of the editor. `PATH` and `PYTHONPATH` do ' +
      'not replace the inherited value but are joined in front of it. Values are texts; `null` removes a variable.',
    shape: { is: 'object', attributes: [], others: either(TEXT, NULL) },
    readBy: BOTH,
    strict: true,
    request: 'launch',
    default: {},
    snippet: '{\n\t"${1:NAME}": "${2:value}"\n}',
    nullIs: 'absent',
  },
  {
    name: 'envFile',
    documentation:
      'A file of environment variables, one `NAME=value` a line. A missing file is passed over without a word, and ' +
      '`""` switches it off. `env` has precedence.',
    shape: text('env file'),
    readBy: EXTENSION,
    strict: true,
    request: 'launch',
    default: '${workspaceFolder}/.env',
    defaultNote: 'the setting `python.envFile`, which is `${workspaceFolder}/.env`',
    nullIs: 'absent',
  },
  {
    name: 'python',
    documentation:
      'The interpreter that runs the program. Absent: the one chosen for the workspace. With a list, the elements ' +
      'behind the first are its arguments.',
    shape: either(
      {
        is: 'text',
        names: 'interpreter',
        open: true,
        values: [value('${command:python.interpreterPath}', 'The interpreter chosen for the workspace.')],
      },
      TEXTS,
    ),
    readBy: BOTH,
    strict: true,
    request: 'launch',
    defaultNote: 'the interpreter chosen for the workspace',
    nullIs: 'absent',
    snippet: '"${1:\\${command:python.interpreterPath\\}}"',
  },
  {
    name: 'pythonArgs',
    documentation:
      'Arguments for the interpreter itself, such as `-X` or `-W`. Those of the program are `args`.',
    shape: TEXTS,
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    default: [],
    snippet: '["$1"]',
  },
  {
    name: 'stopOnEntry',
    documentation: 'Stops at the first line of the program.',
    shape: FLAG,
    readBy: BOTH,
    request: 'launch',
    default: false,
    nullIs: 'absent',
    snippet: '${1|true,false|}',
  },
  {
    name: 'django',
    documentation: 'Lets breakpoints stop in Django templates.',
    shape: LENIENT_FLAG,
    readBy: BOTH,
    default: false,
    snippet: '${1|true,false|}',
    nullIs: 'absent',
  },
  {
    name: 'jinja',
    documentation:
      'Lets breakpoints stop in Jinja2 templates (Flask and others). On by itself for `pyramid` and for the modules ' +
      'flask and fastapi.',
    shape: either(LENIENT_FLAG, NULL),
    readBy: BOTH,
    default: null,
    snippet: '${1|true,false|}',
  },
  {
    name: 'flask',
    documentation: 'The same as `jinja`.',
    shape: LENIENT_FLAG,
    readBy: DEBUGPY,
    default: false,
  },
  {
    name: 'pyramid',
    documentation: 'Says that this is a Pyramid application, which turns `jinja` on.',
    shape: FLAG,
    readBy: EXTENSION,
    default: false,
    snippet: '${1|true,false|}',
  },
  {
    name: 'gevent',
    documentation: 'Makes breakpoints work in code that gevent has patched (sets `GEVENT_SUPPORT=True`).',
    shape: FLAG,
    readBy: BOTH,
    strict: true,
    request: 'launch',
    default: false,
    snippet: '${1|true,false|}',
    nullIs: 'absent',
  },
  {
    name: 'subProcess',
    documentation:
      'Debugs the processes that the program starts, too. `false` leaves them alone. In attach it is decided where ' +
      'debugpy listens: `--configure-subProcess`.',
    shape: FLAG,
    readBy: BOTH,
    strict: true,
    default: true,
    snippet: '${1|false,true|}',
    nullIs: { launch: 'refused', attach: 'absent' },
  },
  {
    name: 'connect',
    documentation: 'Where a program waits that was started with `python -m debugpy --listen`.',
    shape: { is: 'object', attributes: HOST_AND_PORT, required: ['port'] },
    readBy: BOTH,
    strict: true,
    request: 'attach',
    conflicts: ['listen', 'host', 'port'],
    snippet: '{\n\t"host": "${1:localhost}",\n\t"port": ${2:5678}\n}',
  },
  {
    name: 'listen',
    documentation: 'Where to wait for a program that is started with `python -m debugpy --connect`.',
    shape: { is: 'object', attributes: HOST_AND_PORT, required: ['port'] },
    readBy: BOTH,
    strict: true,
    request: 'attach',
    conflicts: ['connect', 'host', 'port', 'processId', 'subProcessId'],
    snippet: '{\n\t"host": "${1:127.0.0.1}",\n\t"port": ${2:5678}\n}',
  },
  {
    name: 'processId',
    documentation:
      'The process to join. On Linux this needs gdb or lldb and `kernel.yama.ptrace_scope` 0, or Python 3.14.',
    shape: either(NUMBER, examples(value('${command:pickProcess}', 'Asks which process at each start.'))),
    readBy: DEBUGPY,
    strict: true,
    request: 'attach',
    conflicts: ['listen', 'subProcessId'],
    snippet: '"\\${command:pickProcess\\}"',
  },
  PATH_MAPPINGS,
  {
    name: 'host',
    documentation: 'Where the program waits: the former way to write `connect`.',
    shape: text('host'),
    readBy: BOTH,
    strict: true,
    request: 'attach',
    default: 'localhost',
    conflicts: ['connect', 'listen'],
    deprecated: { message: 'Write "connect": { "host": …, "port": … }.', replacement: 'connect' },
    nullIs: 'absent',
  },
  {
    name: 'port',
    documentation: 'Where the program waits: the former way to write `connect`.',
    shape: PORT,
    readBy: BOTH,
    strict: true,
    request: 'attach',
    conflicts: ['connect', 'listen'],
    deprecated: { message: 'Write "connect": { "host": …, "port": … }.', replacement: 'connect' },
  },
  {
    name: 'redirectOutput',
    documentation: 'Shows what the program prints in the debug console.',
    shape: FLAG,
    readBy: BOTH,
    strict: true,
    default: true,
    defaultNote: '`true` for `internalConsole` and attach, otherwise `false`',
    snippet: '${1|true,false|}',
    nullIs: { launch: 'refused', attach: 'false' },
  },
  {
    name: 'showReturnValue',
    documentation: 'Shows what a function returned when you step over it.',
    shape: LENIENT_FLAG,
    readBy: BOTH,
    default: true,
    nullIs: 'absent',
    snippet: '${1|false,true|}',
  },
  {
    name: 'purpose',
    documentation: 'Uses the configuration where the editor starts a debugger by itself.',
    shape: { is: 'list', of: PURPOSES },
    readBy: EXTENSION,
    request: 'launch',
    default: [],
    snippet: '["${1|debug-test,debug-in-terminal|}"]',
  },
  {
    name: 'autoReload',
    documentation: 'Reloads changed modules in the running program.',
    shape: {
      is: 'object',
      attributes: [
        {
          name: 'enable',
          documentation: 'Turns reloading on.',
          shape: FLAG,
          readBy: DEBUGPY,
          default: false,
          snippet: '${1|true,false|}',
        },
        {
          name: 'include',
          documentation: 'Glob patterns of the files to watch.',
          shape: TEXTS,
          readBy: DEBUGPY,
          default: ['**/*.py', '**/*.pyw'],
        },
        {
          name: 'exclude',
          documentation: 'Glob patterns of what not to watch.',
          shape: TEXTS,
          readBy: DEBUGPY,
          default: [
            '**/.git/**',
            '**/.metadata/**',
            '**/__pycache__/**',
            '**/node_modules/**',
            '**/site-packages/**',
          ],
        },
        {
          name: 'watchDirectories',
          documentation: 'Folders to watch. Absent: the folder of the program and the current directory.',
          shape: TEXTS,
          readBy: DEBUGPY,
        },
        {
          name: 'pollingInterval',
          documentation: 'Seconds between two looks at the files.',
          shape: NUMBER,
          readBy: DEBUGPY,
          default: 1,
        },
      ],
    },
    readBy: DEBUGPY,
    default: {},
    snippet: '{\n\t"enable": true\n}',
  },
  {
    name: 'autoStartBrowser',
    documentation: 'Opens the page of a Django or Flask application in the browser when it is ready.',
    shape: FLAG,
    readBy: EXTENSION,
    request: 'launch',
    default: false,
    snippet: '${1|true,false|}',
  },
  {
    name: 'consoleName',
    documentation: 'The title of the terminal.',
    shape: TEXT,
    readBy: EXTENSION,
    default: 'Python Debug Console',
  },
  {
    name: 'consoleTitle',
    documentation: 'The title of the terminal, in debugpy’s own word for `consoleName`.',
    shape: TEXT,
    readBy: DEBUGPY,
    request: 'launch',
    default: 'Python Debug Console',
    nullIs: 'refused',
  },
  {
    name: 'sudo',
    documentation: 'Runs the program with `sudo`. Not on Windows.',
    shape: FLAG,
    readBy: BOTH,
    strict: true,
    request: 'launch',
    default: false,
    snippet: '${1|true,false|}',
  },
  {
    name: 'guiEventLoop',
    documentation: 'The event loop that keeps windows alive while the program is stopped.',
    shape: examples(
      value('matplotlib', 'The one that matplotlib uses.'),
      value('wx', 'wxPython.'),
      value('qt', 'PyQt or PySide.'),
      value('none', 'None.'),
    ),
    readBy: DEBUGPY,
    default: 'matplotlib',
  },
  {
    name: 'qt',
    documentation: 'The Qt binding whose threads are debugged.',
    shape: oneOf(
      value('none', 'Leave Qt threads alone.'),
      value('auto', 'Whichever is found.'),
      value('pyside', 'PySide.'),
      value('pyside2', 'PySide2.'),
      value('pyqt4', 'PyQt4.'),
      value('pyqt5', 'PyQt5.'),
    ),
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    default: 'none',
  },
  {
    name: 'breakOnSystemExit',
    documentation:
      'The exit codes with which `SystemExit` stops the debugger: numbers, `null` for `SystemExit(None)`, and ' +
      'ranges. ' +
      '`[]`: none. Absent: each but 0 (in Django and Flask 3, too).',
    shape: {
      is: 'list',
      of: either(NUMBER, NULL, {
        is: 'object',
        attributes: Object.entries(EXIT_RANGE).map(([name, documentation]) => {
          return { name, documentation, shape: NUMBER, readBy: DEBUGPY }
        }),
        required: Object.keys(EXIT_RANGE),
      }),
    },
    readBy: BOTH,
    snippet: '[${1:1}]',
  },
  {
    name: 'breakOnSystemExitZero',
    documentation: 'Stops at `sys.exit(0)`, too.',
    shape: LENIENT_FLAG,
    readBy: DEBUGPY,
    default: false,
  },
  {
    name: 'logToFile',
    documentation: 'Writes the logs of the debugger into files. They hold every value of `env`.',
    shape: FLAG,
    readBy: EXTENSION,
    default: false,
    snippet: '${1|true,false|}',
  },
  {
    name: 'onTerminate',
    documentation:
      'What ending the program does. `KeyboardInterrupt`: as Ctrl+C would, so that it can clean up.',
    shape: either(examples(value('KeyboardInterrupt', 'Raise KeyboardInterrupt in the main thread.')), FLAG),
    readBy: DEBUGPY,
    snippet: '"KeyboardInterrupt"',
    nullIs: 'refused',
  },
  {
    name: 'waitOnNormalExit',
    documentation: 'Keeps the terminal open after an exit with code 0 until a key is pressed.',
    shape: FLAG,
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    default: false,
  },
  {
    name: 'waitOnAbnormalExit',
    documentation: 'Keeps the terminal open after an exit with another code than 0 until a key is pressed.',
    shape: FLAG,
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    default: false,
  },
  {
    name: 'clientOS',
    documentation: 'The path syntax of the editor. Set by the editor unless it runs on another system.',
    shape: either(oneOf(value('windows', 'Backslashes.'), value('unix', 'Slashes.')), NULL),
    readBy: BOTH,
    default: null,
  },
  {
    name: 'terminalQuoteCharacter',
    documentation:
      'The quote that debugpy puts around a word for the terminal’s shell. Absent: by the terminal.',
    shape: either(
      oneOf(value('"', 'Double quote.'), value("'", 'Single quote.'), value('`', 'Backtick.')),
      NULL,
    ),
    readBy: BOTH,
    default: null,
  },
  {
    name: 'noDebug',
    documentation: 'Runs the program without debugging it. Editors set it for “Run Without Debugging”.',
    shape: FLAG,
    readBy: DEBUGPY,
    strict: true,
    request: 'launch',
    default: false,
  },
  {
    name: 'restart',
    documentation: 'Listens again after the program has gone. With `listen` only.',
    shape: FLAG,
    readBy: DEBUGPY,
    request: 'attach',
    default: false,
  },
  {
    name: 'subProcessId',
    documentation: 'The child process to join. Debuggers set it for the processes that a program starts.',
    shape: NUMBER,
    readBy: DEBUGPY,
    request: 'attach',
    conflicts: ['listen', 'processId'],
    internal: true,
    nullIs: 'refused',
  },
  {
    name: 'linuxAttachPreferLldb',
    documentation: 'On Linux: joins a process by lldb rather than gdb.',
    shape: FLAG,
    readBy: DEBUGPY,
    request: 'attach',
    default: false,
  },
  {
    name: 'debugpyArgs',
    documentation: 'More switches for debugpy inside the program.',
    shape: TEXTS,
    readBy: DEBUGPY,
    strict: true,
    default: [],
  },
  {
    name: 'debugAdapterPath',
    documentation: 'The debug adapter to use instead of the installed one: the folder `debugpy/adapter`.',
    shape: TEXT,
    readBy: EXTENSION,
  },
  {
    name: 'debugAdapterPython',
    documentation: 'The interpreter that runs the debug adapter.',
    shape: text('interpreter'),
    readBy: EXTENSION,
    defaultNote: 'the interpreter chosen for the workspace',
  },
  {
    name: 'debugLauncherPython',
    documentation: 'The interpreter that runs debugpy’s launcher, which starts the program.',
    shape: text('interpreter'),
    readBy: BOTH,
    request: 'launch',
    defaultNote: '`python`',
    nullIs: 'refused',
  },
  {
    name: 'debugLauncherPath',
    documentation: 'debugpy’s launcher, where it is not the one beside the adapter.',
    shape: TEXT,
    readBy: DEBUGPY,
    request: 'launch',
    nullIs: 'refused',
  },
  {
    name: 'debugAdapterHost',
    documentation: 'The address on which the adapter waits for the program.',
    shape: text('host'),
    readBy: DEBUGPY,
    request: 'launch',
    default: '127.0.0.1',
    nullIs: 'refused',
  },
  {
    name: 'maxExceptionStackFrames',
    documentation: 'How many frames of an exception are sent; 0 is all.',
    shape: NUMBER,
    readBy: DEBUGPY,
    default: 0,
  },
  {
    name: 'resolveSymlinks',
    documentation: 'Follows symbolic links before paths are compared.',
    shape: FLAG,
    readBy: DEBUGPY,
    default: false,
  },
  {
    name: 'rules',
    documentation:
      'What counts as your own code for `justMyCode`: by path pattern or module, the first that fits.',
    shape: {
      is: 'list',
      of: {
        is: 'object',
        attributes: [
          {
            name: 'path',
            documentation: 'A glob pattern of files.',
            shape: TEXT,
            readBy: DEBUGPY,
            conflicts: ['module'],
          },
          {
            name: 'module',
            documentation: 'A module and what is below it.',
            shape: TEXT,
            readBy: DEBUGPY,
            conflicts: ['path'],
          },
          {
            name: 'include',
            documentation: '`true`: your own code. `false`: not.',
            shape: FLAG,
            readBy: DEBUGPY,
          },
        ],
        required: ['include'],
      },
    },
    readBy: DEBUGPY,
    snippet: '[\n\t{\n\t\t"path": "${1:**/vendor/**}",\n\t\t"include": ${2|false,true|}\n\t}\n]',
  },
  {
    name: 'steppingResumesAllThreads',
    documentation: 'Lets the other threads run while one steps.',
    shape: FLAG,
    readBy: DEBUGPY,
    default: true,
    nullIs: 'false',
  },
  {
    name: 'stopAllThreadsOnSuspend',
    documentation: 'Stops the other threads, too, when one stops.',
    shape: FLAG,
    readBy: DEBUGPY,
    default: true,
  },
  {
    name: 'terminateChildProcesses',
    documentation: 'Ends the processes that the program started together with it.',
    shape: FLAG,
    readBy: DEBUGPY,
    default: true,
    nullIs: 'false',
  },
  {
    name: 'variablePresentation',
    documentation: 'Where kinds of variables are shown.',
    shape: {
      is: 'object',
      attributes: [
        { name: 'all', documentation: 'All kinds.', shape: VISIBILITY, readBy: DEBUGPY },
        { name: 'special', documentation: '`__double__` names.', shape: VISIBILITY, readBy: DEBUGPY },
        { name: 'function', documentation: 'Functions.', shape: VISIBILITY, readBy: DEBUGPY },
        { name: 'class', documentation: 'Classes.', shape: VISIBILITY, readBy: DEBUGPY },
        { name: 'protected', documentation: '`_protected` names.', shape: VISIBILITY, readBy: DEBUGPY },
      ],
    },
    readBy: DEBUGPY,
    snippet: '{\n\t"${1|all,special,function,class,protected|}": "${2|group,inline,hide|}"\n}',
  },
  {
    name: 'pythonPath',
    documentation: 'The interpreter: the former name of `python`.',
    shape: text('interpreter'),
    readBy: BOTH,
    strict: true,
    nullIs: 'absent',
    deprecated: { message: 'It is "python" now.', replacement: 'python' },
  },
  {
    name: 'debugOptions',
    documentation: 'Flags of the first debugger for Python. Each is a property of its own today.',
    shape: TEXTS,
    readBy: BOTH,
    strict: true,
    deprecated: { message: 'Each flag is a property of its own, such as "redirectOutput": true.' },
    nullIs: 'absent',
  },
  {
    name: 'options',
    documentation: 'Flags of the first debugger for Python as `KEY=value;…`.',
    shape: TEXT,
    readBy: DEBUGPY,
    deprecated: { message: 'Each flag is a property of its own, such as "redirectOutput": true.' },
  },
  {
    name: 'debugStdLib',
    documentation: 'The former, opposite way to write `justMyCode`.',
    shape: LENIENT_FLAG,
    readBy: BOTH,
    deprecated: { message: 'Write "justMyCode" with the opposite value.', replacement: 'justMyCode' },
  },
  {
    name: 'localRoot',
    documentation: 'The former way to write one entry of `pathMappings`, together with `remoteRoot`.',
    shape: text('folder'),
    readBy: EXTENSION,
    request: 'attach',
    deprecated: { message: 'Write "pathMappings".', replacement: 'pathMappings' },
  },
  {
    name: 'remoteRoot',
    documentation: 'The former way to write one entry of `pathMappings`, together with `localRoot`.',
    shape: TEXT,
    readBy: EXTENSION,
    request: 'attach',
    deprecated: { message: 'Write "pathMappings".', replacement: 'pathMappings' },
  },
  {
    name: 'workspaceFolder',
    documentation: 'The folder of the configuration. Set by the extension.',
    shape: TEXT,
    readBy: EXTENSION,
    internal: true,
  },
  {
    name: 'customDebugger',
    documentation: 'Attaches to a debugger of one’s own. Of the first extension; without effect today.',
    shape: FLAG,
    readBy: EXTENSION,
    internal: true,
  },
  {
    name: 'processName',
    documentation: 'The name of the process. Set by debugpy.',
    shape: TEXT,
    readBy: DEBUGPY,
    internal: true,
  },
  {
    name: 'adapterAccessToken',
    documentation: 'Set by debugpy.',
    shape: TEXT,
    readBy: DEBUGPY,
    internal: true,
  },
  {
    name: 'isOutputRedirected',
    documentation: 'Set by debugpy.',
    shape: FLAG,
    readBy: DEBUGPY,
    internal: true,
  },
]

/** The section of each system, in the words of launch.json. */
export const PLATFORM_SECTIONS = ['windows', 'osx', 'linux'] as const

const SYSTEMS: Readonly<Record<(typeof PLATFORM_SECTIONS)[number], string>> = {
  windows: 'Windows',
  osx: 'macOS',
  linux: 'Linux',
}

/** Every attribute of a Python configuration. */
export const CONFIGURATION: readonly Attribute[] = [
  ...VSCODE_CONFIGURATION.slice(0, 3),
  ...PYTHON,
  ...VSCODE_CONFIGURATION.slice(3),
  ...PLATFORM_SECTIONS.map(
    (name): Attribute => ({
      name,
      documentation:
        `Attributes that take the place of the others on ${SYSTEMS[name]}. Each replaces the whole attribute: an ` +
        '`env` in here hides the one outside.',
      shape: {
        is: 'object',
        attributes: [...PYTHON, ...VSCODE_CONFIGURATION.slice(3)],
      },
      readBy: CODE,
      snippet: '{\n\t$1\n}',
    }),
  ),
]

/** An element of `compounds`. */
export const COMPOUND: Extract<Shape, { is: 'object' }> = {
  is: 'object',
  attributes: [
    {
      name: 'name',
      documentation: 'The name of the compound in lists and for starting it.',
      shape: TEXT,
      readBy: CODE,
      snippet: '"${1:Compound}"',
    },
    {
      name: 'configurations',
      documentation:
        'The configurations to start together, by name. `{ "name": …, "folder": … }` takes one of another workspace ' +
        'folder. They start in parallel; compounds cannot be members.',
      shape: {
        is: 'list',
        of: either(text('configuration'), {
          is: 'object',
          attributes: [
            {
              name: 'name',
              documentation: 'Name of the configuration.',
              shape: text('configuration'),
              readBy: CODE,
            },
            {
              name: 'folder',
              documentation: 'Name of the workspace folder whose launch.json has it.',
              shape: text('workspace folder'),
              readBy: CODE,
            },
          ],
          required: ['name', 'folder'],
        }),
      },
      readBy: CODE,
      snippet: '["$1"]',
    },
    {
      name: 'stopAll',
      documentation: 'Stopping one of the sessions stops all.',
      shape: FLAG,
      readBy: CODE,
      default: false,
      snippet: '${1|true,false|}',
    },
    {
      name: 'preLaunchTask',
      documentation: 'A task to run once before the first member starts. Variables in it are not replaced.',
      shape: text('task'),
      readBy: CODE,
      strict: true,
    },
    PRESENTATION,
  ],
  required: ['name', 'configurations'],
}

const INPUT_ID: Attribute = {
  name: 'id',
  documentation: 'The name by which `${input:…}` asks for it.',
  shape: TEXT,
  readBy: CODE,
  snippet: '"${1:id}"',
}
const INPUT_TYPE: Attribute = {
  name: 'type',
  documentation: 'How the value is found.',
  shape: oneOf(
    value('promptString', 'The user types it.'),
    value('pickString', 'The user picks one of a list.'),
    value('command', 'A command of the editor answers it.'),
  ),
  readBy: CODE,
}
const INPUT_DESCRIPTION: Attribute = {
  name: 'description',
  documentation: 'What the user is asked.',
  shape: TEXT,
  readBy: CODE,
  strict: true,
  snippet: '"${1:What to ask}"',
}

/** An element of `inputs`, by its `type`. */
export const INPUTS: Readonly<
  Record<'promptString' | 'pickString' | 'command', Extract<Shape, { is: 'object' }>>
> = {
  promptString: {
    is: 'object',
    attributes: [
      INPUT_ID,
      INPUT_TYPE,
      INPUT_DESCRIPTION,
      { name: 'default', documentation: 'What is filled in already.', shape: TEXT, readBy: CODE },
      {
        name: 'password',
        documentation: 'Hides what is typed, and forgets it.',
        shape: FLAG,
        readBy: CODE,
        default: false,
        snippet: '${1|true,false|}',
      },
    ],
    required: ['id', 'type', 'description'],
  },
  pickString: {
    is: 'object',
    attributes: [
      INPUT_ID,
      INPUT_TYPE,
      INPUT_DESCRIPTION,
      {
        name: 'options',
        documentation: 'The values to pick from: texts, or `{ "label": …, "value": … }`.',
        shape: {
          is: 'list',
          of: either(TEXT, {
            is: 'object',
            attributes: [
              { name: 'label', documentation: 'What is shown.', shape: TEXT, readBy: CODE },
              { name: 'value', documentation: 'What is inserted.', shape: TEXT, readBy: CODE },
            ],
            required: ['value'],
          }),
        },
        readBy: CODE,
        strict: true,
        snippet: '["${1:first}", "${2:second}"]',
      },
      {
        name: 'default',
        documentation: 'The option that is shown first.',
        shape: text('option'),
        readBy: CODE,
      },
    ],
    required: ['id', 'type', 'description', 'options'],
  },
  command: {
    is: 'object',
    attributes: [
      INPUT_ID,
      INPUT_TYPE,
      {
        name: 'command',
        documentation: 'The command of the editor to ask.',
        shape: text('command'),
        readBy: CODE,
        strict: true,
      },
      { name: 'args', documentation: 'Arguments of the command.', shape: ANYTHING, readBy: CODE },
    ],
    required: ['id', 'type', 'command'],
  },
}

/** The file itself. */
export const LAUNCH_FILE: readonly Attribute[] = [
  {
    name: 'version',
    documentation: 'The version of the file format. Never looked at.',
    shape: TEXT,
    readBy: CODE,
    default: '0.2.0',
  },
  {
    name: 'configurations',
    documentation: 'What can be started.',
    shape: {
      is: 'list',
      of: { is: 'object', attributes: CONFIGURATION, required: ['name', 'type', 'request'] },
    },
    readBy: CODE,
    snippet: '[\n\t$1\n]',
  },
  {
    name: 'compounds',
    documentation: 'Groups of configurations that start together.',
    shape: { is: 'list', of: COMPOUND },
    readBy: CODE,
    snippet: '[\n\t{\n\t\t"name": "${1:Compound}",\n\t\t"configurations": ["$2"]\n\t}\n]',
  },
  {
    name: 'inputs',
    documentation: 'Values that are asked for at the start: what `${input:…}` stands for.',
    shape: {
      is: 'list',
      of: { is: 'object', attributes: [INPUT_ID, INPUT_TYPE, INPUT_DESCRIPTION], others: ANYTHING },
    },
    readBy: CODE,
    snippet:
      '[\n\t{\n\t\t"id": "${1:id}",\n\t\t"type": "promptString",\n\t\t"description": "${2:What to ask}"\n\t}\n]',
  },
]
