# Debugger runs programs in Terminus. Without it, its console has the program.
import os

from rig import equal, outside, pump, run, sublime


def body(rig):
    rig.serve()
    installed = sublime.packages_path() + '/Terminus'
    away = outside + '/Terminus'
    os.rename(installed, away)
    rig.command('run', name='terminal')
    pump('a note', lambda: rig.package.debug_adapter.NO_TERMINUS in rig.console())
    rig.printed('result 42 x')
    rig.ended()

    os.rename(away, installed)
    rig.clear()
    rig.command('run', name='terminal')
    pump('the terminal', lambda: any('result 42 x' in view.text for view in rig.window._panels.values()))
    rig.ended()
    equal(rig.errors(), [])


run(body)
