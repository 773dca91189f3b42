import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import type { PublishDiagnosticsParams } from 'vscode-languageserver'
import { makeFolder } from '../test/support/folder'
import { type LspClient, startLspClient, uriOf } from '../test/support/lspClient'
import type { Bench, Row } from './row'

const LAUNCH = (name: string) =>
  JSON.stringify({
    configurations: [{ name, type: 'debugpy', request: 'launch', module: 'app', justMyCod: true }],
  })
const ENV = (value: string) => `A=${value} # a comment that becomes part of the value\nB=2\n`

/**
 * Milliseconds from the save of a file that no editor has open to the diagnostics that follow, beside the time that a
 * bare chokidar watcher needs to tell of the very same save.
 */
export const bench: Bench = async ({ smoke }) => {
  const folder = makeFolder({ '.vscode/launch.json': LAUNCH('a'), '.env': ENV('1') })
  const editor = await startLspClient({ folders: [folder.path] })
  const rows: Row[] = []
  for (const [file, text] of [
    [join(folder.path, '.vscode', 'launch.json'), LAUNCH],
    [join(folder.path, '.env'), ENV],
  ] as const) {
    const watcher = watch(file)
    await new Promise<void>(resolve => watcher.once('ready', () => resolve()))
    const ours: number[] = []
    const theirs: number[] = []
    let lost = 0
    for (let run = 0; run < (smoke ? 5 : 60); run += 1) {
      // Longer by one each time, so that every save moves a range and gives new diagnostics.
      const saved = text('x'.repeat(run + 2))
      const told = nextChange(watcher)
      const diagnosed = nextDiagnostics(editor, file)
      const began = performance.now()
      writeFileSync(file, saved)
      ours.push((await diagnosed) - began)
      const heard = await told
      if (heard === undefined) lost += 1
      else theirs.push(heard - began)
      // Sooner, chokidar would lose still more: it drops what follows within 5 ms.
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    await watcher.close()
    const name = `save of ${file.endsWith('.env') ? '.env' : 'launch.json'} → diagnostics ÷ bare chokidar's event`
    const note = `chokidar lost ${lost} of ${ours.length} saves; ours none`
    rows.push({ name, ours, theirs, unit: 'ms', note })
  }
  await editor.stop()
  folder.remove()
  return rows
}

/** When chokidar told of a change; undefined: not within a second. */
function nextChange(watcher: FSWatcher): Promise<number | undefined> {
  return new Promise(resolve => {
    const lost = setTimeout(() => resolve(undefined), 1000)
    watcher.once('change', () => {
      clearTimeout(lost)
      resolve(performance.now())
    })
  })
}

function nextDiagnostics(editor: LspClient, file: string): Promise<number> {
  return new Promise(resolve => {
    const listening = editor.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri }: PublishDiagnosticsParams) => {
        if (uri !== uriOf(file)) return
        listening.dispose()
        resolve(performance.now())
      },
    )
  })
}
