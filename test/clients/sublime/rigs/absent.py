# What is missing is told: Debugger, the server, a file that concerns it; a folder that is not open works.
import os

from rig import equal, outside, pump, run, sublime, workspace


def body(rig):
    rig.command('debug', name='app')
    adapter = rig.package.debug_adapter
    equal(sublime.dialogs, [adapter.OLD_DEBUGGER if os.environ['RIG_DEBUGGER'] == 'old' else adapter.NO_DEBUGGER])
    for command in 'restart', 'stop':
        rig.command(command)
    rig.command('resolve', name='app')
    equal(pump('dialog', lambda: sublime.dialogs[1:]), [rig.package.server.NO_SESSION])

    def concerns(name):
        return rig.package.server.concerns(rig.window.open_file(name))

    ours = ['app.py', 'app.env', '.vscode/launch.json', '.vscode/tasks.json']
    equal([concerns(workspace + '/' + name) for name in ours], [True] * 4)
    equal([concerns(name) for name in (workspace + '/notes.txt', outside + '/alone.py')], [False] * 2)

    rig.window.open_file(workspace + '/app.py')
    rig.serve()
    equal(concerns(outside + '/outside/app.py'), True)
    rig.command('resolve', name='app')
    pump('page', lambda: 'outside/app.env' in rig.page())


run(body)
