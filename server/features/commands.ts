import type { ExecuteCommandParams } from 'vscode-languageserver'
import type { Context, Feature } from './context'
import { guard } from './guard'
import { LSPErrorCodes, ResponseError } from './library'

/** A command that runs in the server, by its name. */
export type ServerCommands = Readonly<Record<string, (args: readonly unknown[]) => Promise<unknown>>>

/** `workspace/executeCommand`. Commands of the client (`launch-ls.start`) are not among these. */
export function register(context: Context, commands: ServerCommands): Feature {
  const execute = async ({ command, arguments: args }: ExecuteCommandParams): Promise<unknown> => {
    const run = Object.hasOwn(commands, command) ? commands[command] : undefined
    if (run === undefined) {
      throw new ResponseError(LSPErrorCodes.RequestFailed, `launch-ls has no command '${command}'.`)
    }
    return await run(args ?? [])
  }
  context.connection.onExecuteCommand(guard('workspace/executeCommand', context.log, execute))
  return { capabilities: () => ({ executeCommandProvider: { commands: Object.keys(commands) } }) }
}
