import { URI } from 'vscode-uri'

/** The path of a file URI in this machine's own form. */
export function pathOf(uri: string): string {
  return URI.parse(uri).fsPath
}

export function uriOf(path: string): string {
  return URI.file(path).toString()
}

/** Editors write one file's URI in several ways (`%3A` or `:`, drive letters); ours is the one to compare by. */
export function sameUri(uri: string): string {
  return uriOf(pathOf(uri))
}
