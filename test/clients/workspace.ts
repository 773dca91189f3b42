/** The workspace of every rig, in the folder `ws` of its own; a row adds to it. */
export const WORKSPACE: Readonly<Record<string, string>> = {
  'ws/.vscode/launch.json': '{\n  "version": "0.2.0",\n  "configurations": [\n    {}\n  ]\n}\n',
  'ws/.vscode/tasks.json': '{}\n',
  'ws/app.env': 'MODE=dev\n',
  'ws/.env': 'MODE=dev\n',
  'ws/app.py': 'def work():\n    label = "😀é"\n    return label\n\n\nprint(work())\n',
  'ws/package/deep.py': '',
  'ws/package/other.py': '',
  'ws/notes.txt': '',
  'outside.py': '',
}
