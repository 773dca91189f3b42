import { parseEnvFile } from '../../server/core/envFile'
import { namesInEnvFile, namesInLaunch, namesInTasks } from '../../server/core/namedPlaces'
import type { NamedFile } from '../../server/core/navigation'
import { parseTaskDocument } from '../../server/core/taskDocument'
import { folderOf, isEnvFile, launchDocument, type World } from './world'

/** Every file of a world that names something. */
export function namedFiles(world: World): readonly NamedFile[] {
  return world.names.map(name => {
    const document = launchDocument(world, name)
    const text = world.text(name)
    const places =
      document !== undefined
        ? namesInLaunch(document)
        : isEnvFile(name)
          ? namesInEnvFile(text, parseEnvFile(text, 'debugpy').value.entries)
          : name.endsWith('tasks.json')
            ? namesInTasks(parseTaskDocument(text, { platform: world.host.platform }))
            : []
    return { path: world.path(name), folder: folderOf(world, name)?.name, places }
  })
}
