import type { CodeAction, MessageType, ShowMessageParams } from 'vscode-languageserver'
import { CodeActionKind } from 'vscode-languageserver-types'
import { isObject } from '../core/json'
import { startables } from '../core/lenses'
import type { Launcher } from '../launching/launcher'
import type { CommandLineResult, StartDebugParams } from '../protocol'
import { uriOf } from '../workspace/paths'
import type { Context } from './context'
import type { LanguageFiles } from './languageFiles'
import type { Asked } from './positions'

const INFO: typeof MessageType.Info = 3

export const SHOW_COMMAND_LINE = 'launch-ls.showCommandLine'

/**
 * Shows what to run on the other side of an attach configuration, as a message to copy from; a client that can copy
 * has it as the answer.
 * @throws StartRefused for anything but an attach with a port
 */
export async function showCommandLine(
  context: Context,
  launcher: Launcher,
  args: readonly unknown[],
): Promise<CommandLineResult | null> {
  const [params] = args
  if (!isObject(params) || typeof params['configuration'] !== 'string') return null
  const folder = params['folder']
  const asked: StartDebugParams = {
    configuration: params['configuration'],
    ...(typeof folder === 'string' ? { folder } : {}),
  }
  const found = launcher.commandLine(asked)
  const message = [found.debugpy, found.ssh ?? ''].filter(Boolean).join('\n')
  const shown: ShowMessageParams = { type: INFO, message }
  await context.connection.sendNotification('window/showMessage', shown)
  return found
}

/** The command as an action, inside of an attach configuration. */
export function commandLineActions(
  files: LanguageFiles,
  { path, view, offset }: Asked,
): readonly CodeAction[] {
  if (view === undefined) return []
  const folder = files.kindOf(path) === 'workspaceFile' ? undefined : files.folderOf(path)
  const attaches = new Set(
    view.document.configurations
      .filter(
        ({ value }) =>
          value['request'] === 'attach' && (value['connect'] ?? value['listen'] ?? value['port']),
      )
      .map(({ node }) => node.offset),
  )
  return startables(view.document)
    .filter(
      ({ span }) => attaches.has(span.offset) && offset >= span.offset && offset <= span.offset + span.length,
    )
    .map(({ name }) => {
      const title = `Show the debugpy command line of ${name}`
      const argument = {
        configuration: name,
        ...(folder === undefined ? {} : { folder: uriOf(folder.path) }),
      }
      const command = { title, command: SHOW_COMMAND_LINE, arguments: [argument] }
      return { title, kind: CodeActionKind.Empty, command }
    })
}
