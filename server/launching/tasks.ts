import type { EditorState, Folder } from '../core/editor'
import type { LaunchingParts, Ui } from './machine'

export async function runTaskOf(
  _key: 'preLaunchTask' | 'postDebugTask',
  _reference: unknown,
  _folder: Folder | undefined,
  _editor: EditorState | undefined,
  _parts: LaunchingParts,
  _ui: Ui,
  _signal?: AbortSignal,
): Promise<void> {}
