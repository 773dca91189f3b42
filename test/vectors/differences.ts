/**
 * Where launch-ls does something else than VS Code on purpose: the rule, and why. A check may answer `differs` with a
 * rule only when it has shown that the difference follows from that rule and from nothing else.
 */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'command-in-value':
    'A ${command:} that the value of an environment variable or a setting brings in is refused, where VS Code runs ' +
    'it: what an environment says must not choose what runs on the machine. Ours: the error that names both.',
  'env-in-paths':
    'VS Code’s Python extension empties ${env:X} in python, pythonPath and envFile before VS Code can replace it, so ' +
    '${env:VIRTUAL_ENV}/bin/python is /bin/python there. Ours: the value of the variable.',
  'env-file-setting':
    'In the setting python.envFile it replaces ${workspaceFolder} alone, empties ${env:X} and leaves other variables ' +
    'as text, which names no file. Ours: the variables are replaced.',
  'python-list':
    'python as a list of a command and its arguments makes it fail, though debugpy takes it. Ours: the list.',
}
