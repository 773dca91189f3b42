/** A variable as one explains it; `variableValues.ts` knows the values. */
export interface VariableDoc {
  readonly name: string
  /** What stands behind the colon; `?` at the end: it may be left out. */
  readonly argument?: string
  /** Markdown; the first sentence stands alone. */
  readonly documentation: string
  /** Depends on the file in the editor. */
  readonly ofEditor?: true
  readonly deprecated?: true
}

/** The variables in the order in which they are offered. */
export const VARIABLES: readonly VariableDoc[] = [
  {
    name: 'workspaceFolder',
    argument: 'folder?',
    documentation:
      'The workspace folder of this file, without a slash at the end. `:NAME` takes another open folder.',
  },
  { name: 'file', documentation: 'The file in the editor, with its full path.', ofEditor: true },
  {
    name: 'env',
    argument: 'NAME',
    documentation: 'An environment variable of the editor; nothing when it is not set.',
  },
  {
    name: 'input',
    argument: 'id',
    documentation: 'What the user answers to the input of this id, asked once a start.',
  },
  {
    name: 'command',
    argument: 'id',
    documentation: 'What a command of the editor answers, such as `python.interpreterPath` or `pickProcess`.',
  },
  { name: 'config', argument: 'key', documentation: 'The value of a setting. An object cannot be inserted.' },
  { name: 'userHome', documentation: 'Your home directory.' },
  {
    name: 'workspaceFolderBasename',
    argument: 'folder?',
    documentation: 'The last part of the workspace folder.',
  },
  { name: 'fileDirname', documentation: 'The folder of the file in the editor.', ofEditor: true },
  { name: 'fileBasename', documentation: 'The name of the file in the editor.', ofEditor: true },
  {
    name: 'fileBasenameNoExtension',
    documentation: 'The name of the file in the editor, without its extension.',
    ofEditor: true,
  },
  {
    name: 'fileExtname',
    documentation: 'The extension of the file in the editor, with its dot.',
    ofEditor: true,
  },
  {
    name: 'fileDirnameBasename',
    documentation: 'The last part of the folder of the file in the editor.',
    ofEditor: true,
  },
  {
    name: 'relativeFile',
    argument: 'folder?',
    documentation: 'The file in the editor, relative to the workspace folder.',
    ofEditor: true,
  },
  {
    name: 'relativeFileDirname',
    argument: 'folder?',
    documentation:
      'The folder of the file in the editor, relative to the workspace folder; `.` for that itself.',
    ofEditor: true,
  },
  {
    name: 'fileWorkspaceFolder',
    documentation: 'The workspace folder that the file in the editor belongs to.',
    ofEditor: true,
  },
  {
    name: 'fileWorkspaceFolderBasename',
    documentation: 'The last part of the workspace folder that the file in the editor belongs to.',
    ofEditor: true,
  },
  { name: 'lineNumber', documentation: 'The line of the cursor, from 1.', ofEditor: true },
  { name: 'columnNumber', documentation: 'The column of the cursor, from 1.', ofEditor: true },
  {
    name: 'selectedText',
    documentation: 'What is selected in the editor. Without a selection the start is refused.',
    ofEditor: true,
  },
  {
    name: 'cwd',
    argument: 'folder?',
    documentation: 'The workspace folder; without one, where the editor runs.',
  },
  {
    name: 'pathSeparator',
    documentation: 'The slash of paths: `/`, on Windows `\\`. Not the sign between paths.',
  },
  { name: '/', documentation: 'The same as `${pathSeparator}`.' },
  {
    name: 'defaultBuildTask',
    documentation: 'The label of the default build task of tasks.json.',
  },
  { name: 'execPath', documentation: 'The program of the editor.' },
  { name: 'execInstallFolder', documentation: 'The folder that the editor is installed in.' },
  {
    name: 'extensionInstallFolder',
    argument: 'publisher.name',
    documentation: 'The folder of an extension of VS Code.',
  },
  {
    name: 'taskVar',
    argument: 'name',
    documentation: 'A named group that the `endsPattern` of a background task captured.',
  },
  { name: 'workspaceRoot', documentation: 'The former name of `${workspaceFolder}`.', deprecated: true },
  {
    name: 'workspaceRootFolderName',
    documentation: 'The former name of `${workspaceFolderBasename}`.',
    deprecated: true,
  },
]
