import { parseEnvFile } from '../../server/core/envFile'
import { namesInEnvFile, namesInLaunch, namesInTasks } from '../../server/core/namedPlaces'
import type { NamedFile } from '../../server/core/navigation'
import { folderOf, isEnvFile, launchDocument, taskDocument, type World } from './world'

/** Every file of a world that names something. */
export function namedFiles(world: World): readonly NamedFile[] {
  return world.names.map(name => {
    const launch = launchDocument(world, name)
    const tasks = taskDocument(world, name)
    const text = world.text(name)
    const places = [
      ...(launch === undefined ? [] : namesInLaunch(launch)),
      ...(tasks === undefined ? [] : namesInTasks(tasks)),
      ...(isEnvFile(name) ? namesInEnvFile(text, parseEnvFile(text, 'debugpy').value.entries) : []),
    ]
    return { path: world.path(name), folder: folderOf(world, name)?.name, places }
  })
}
