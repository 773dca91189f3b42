const COMMON = `  --folder DIR         the workspace folder; several make a multi-root workspace
                       (default: the nearest parent with .vscode/launch.json)
  --workspace FILE     a *.code-workspace file to take as open
  --python PATH        the interpreter of configurations without "python"`

/** What `launch-ls COMMAND --help` says. */
export const HELP: Readonly<Record<string, string>> = {
  check: `usage: launch-ls check [PATH…] [options]

Every diagnostic of the launch.json, tasks.json, settings and *.code-workspace under PATH (default: the current
directory, or the project that it is a part of), and of the env files that they name. A *.code-workspace file as PATH
is checked with its folders, any other file with the project around it.

  --format FORMAT      text (default), json, or sarif (SARIF 2.1.0, for code scanning services)
  --json               the same as --format json
  --severity SEVERITY  the least that makes the exit code 1: error, warning (default), info or hint
  --folder DIR         the same as PATH
  --workspace FILE     a *.code-workspace file, checked with its folders
  --python PATH        the interpreter of configurations without "python"

exit codes: 0 nothing at or above the severity, 1 something, 2 wrong use or nothing to check
`,
  list: `usage: launch-ls list [options]

Configurations and compounds, in the order of VS Code's menu; hidden ones last.

  --json               as debug/configurations answers (PROTOCOL.md)
  --names              the name of each that is not hidden, one a line
${COMMON}

exit codes: 0 there are some, 2 wrong use or none
`,
  resolve: `usage: launch-ls resolve NAME [options]

What debugpy would get, and where each value comes from. Starts and asks nothing; secrets are masked.

  --file FILE          what \${file} is; --line N what \${lineNumber} is
  --line N
  --input ID=VALUE     an answer to \${input:ID}; as often as needed
  --reveal             secrets as they are
  --json               as debug/resolve answers (PROTOCOL.md)
${COMMON}

exit codes: 0 it could start, 1 it could not, 2 wrong use or no such configuration
`,
  run: `usage: launch-ls run NAME [options]

Starts a configuration or compound, prints its output and each stop with its locals, and goes on.

  --break FILE:LINE    a breakpoint; as often as needed
  --no-debug           without debugging
  --input ID=VALUE     an answer to \${input:ID} or \${command:ID}; as often as needed
  --file FILE          what \${file} is
  --json               a refusal as JSON
${COMMON}

exit codes: the program's own, 128+N when signal N ended it; 1 the start was refused, 2 wrong use or no such
configuration, 130 interrupted
`,
  dap: `usage: launch-ls dap [options]
       launch-ls dap --connect HOST:PORT

A debug adapter on stdio, for editors without the language server: the arguments of launch or attach are
{ "configuration": NAME, "inputs": { ID: VALUE } } or a whole configuration (PROTOCOL.md has all of them).

  --connect HOST:PORT  a pipe between stdio and an endpoint of a running server instead
${COMMON}

exit codes: 0 the session is over, 1 the endpoint cannot be reached, 2 wrong use
`,
}

export const GENERAL_HELP = `launch-ls: VS Code's Python debugging for every editor

usage: launch-ls [--stdio | --socket=PORT | --pipe=NAME | --node-ipc]    the language server
       launch-ls check [PATH…] [--format text|json|sarif] [--severity error|warning|info|hint]
       launch-ls list [--json | --names]
       launch-ls resolve NAME [--file F] [--line N] [--input ID=VALUE]… [--reveal] [--json]
       launch-ls run NAME [--no-debug] [--break FILE:LINE]… [--input ID=VALUE]…
       launch-ls dap [--folder DIR]             a debug adapter on stdio, for editors without the language server
       launch-ls dap --connect HOST:PORT        a pipe between stdio and an endpoint

common: --folder DIR (default: the nearest parent with .vscode/launch.json), --workspace FILE, --python PATH,
        --help (of a command: launch-ls COMMAND --help), --version
`
