# Package Control upgrades our package, then Debugger, while Sublime Text runs: what the old ones had is gone.
import importlib
import re

from rig import equal, pump, run, sublime, world, write


def body(rig):
    rig.serve()
    rig.window.run_command('debugger', {'action': 'change_configuration'})
    pump('configurations', lambda: len(rig.debugger.project.configurations) > 1)

    rig.package.plugin_unloaded()
    sublime.sublime_plugin().unload(rig.package.__name__)
    world.end_server(rig.session)
    equal([each.name for each in rig.debugger.project.configurations], ['own'])
    rig.reload()
    equal([each.name for each in rig.debugger.project.configurations], ['own'])

    shared = re.search('"type": ?"debugpy".*?"program"', rig.text('.vscode/launch.json'))
    program = shared.group(0) + ': "app.py"'
    lines = ['{{ "name": "{0}", {1}, "env": {{ "MODE": "{0}" }} }}'.format(name, program) for name in ('second', 'app')]
    write('.vscode/launch.json', '{ "configurations": [' + ', '.join(lines) + '] }')
    rig.package = importlib.reload(rig.package)
    rig.package.plugin_loaded()
    rig.serve()
    pump('configurations', lambda: [each.name for each in rig.debugger.project.configurations][1:] == ['second', 'app'])
    rig.reload()
    rig.window.run_command('debugger', {'action': 'change_configuration'})
    world.choose(rig.window, 'app')
    rig.breakpoint('app.py', 7)
    rig.window.run_command('debugger', {'action': 'start'})
    equal(rig.locals(rig.stopped('app'))['mode'], "'app'")
    rig.command('stop')
    rig.ended()

    world.upgrade_debugger()
    rig.window.run_command('debugger', {'action': 'change_configuration'})
    pump('configurations', lambda: [each.name for each in rig.debugger.project.configurations][1:] == ['second', 'app'])
    rig.breakpoint('app.py', 7)
    rig.command('debug', name='second')
    equal(rig.locals(rig.stopped('second'))['mode'], "'second'")
    rig.command('stop')
    rig.ended()


run(body)
