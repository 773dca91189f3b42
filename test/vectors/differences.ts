/**
 * Where launch-ls does something else than VS Code on purpose: the rule, and why. A check may answer `differs` with a
 * rule only when it has shown that the difference follows from that rule and from nothing else.
 */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'command-in-value':
    'A ${command:} that the value of an environment variable or a setting brings in is refused, where VS Code runs ' +
    'it: what an environment says must not choose what runs on the machine. Ours: the error that names both.',
}
