import { posix } from 'node:path'
import type { Files } from './host'
import { isObject, parseJson, plainValue } from './json'

/** One of the `folders` of a *.code-workspace file: a path as it is written, or the URI of a folder anywhere. */
export interface ListedFolder {
  readonly name: string | undefined
  readonly path: string | undefined
  readonly uri: string | undefined
}

/** @param content the value of the whole file */
export function listedFolders(content: unknown): readonly ListedFolder[] {
  const listed = isObject(content) && Array.isArray(content['folders']) ? content['folders'] : []
  return listed.flatMap(entry =>
    isObject(entry)
      ? [{ name: textOr(entry['name']), path: textOr(entry['path']), uri: textOr(entry['uri']) }]
      : [],
  )
}

/** Names of the folders that are on other machines: VS Code opens them there, and nothing can be told of them here. */
export function remoteFolders(files: Files, workspaceFile: string | undefined): readonly string[] {
  const text = workspaceFile === undefined ? undefined : files.read(workspaceFile)
  if (text === undefined) return []
  return listedFolders(plainValue(parseJson(text).root)).flatMap(({ name, uri }) =>
    uri === undefined || isFileUri(uri) ? [] : [name ?? posix.basename(uri)],
  )
}

export function isFileUri(uri: string): boolean {
  return /^file:/i.test(uri)
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
