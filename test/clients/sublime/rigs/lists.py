# Debugger lists what launch.json has, keeps it when it reads its own configurations, and starts it.
from rig import equal, pump, run, workspace, write

NAMES = ['app', 'other', 'loop', 'family', 'asks', 'terminal', 'lost', 'asks all', 'task', 'with $' + '{file}', 'both']


def body(rig):
    rig.serve()
    pump('configurations', lambda: len(rig.listed) > 0)
    rig.window.run_command('debugger', {'action': 'change_configuration'})
    project = rig.debugger.project
    names = [each.name for each in project.configurations]
    equal((sorted(names), project.configuration_or_compound.name), (sorted(['own'] + NAMES), names[1]))

    def choose(name):
        project.configuration_or_compound = next(each for each in project.configurations if each.name == name)
        project.on_updated()

    choose('other')
    heard = []
    project.on_updated.add(lambda: heard.append('others hear of it too'))
    rig.reload()
    equal(len(heard) > 0, True)
    equal((len(project.configurations), project.configuration_or_compound.name), (len(NAMES) + 1, 'other'))
    choose('own')
    project.on_updated()
    equal(project.configuration_or_compound.name, 'own')

    rig.breakpoint('app.py', 7)
    choose('with $' + '{file}')
    rig.debugger.start_with_configurations([project.configuration_or_compound], False)
    session = rig.stopped('with $' + '{file}')
    equal(rig.locals(session)['mode'], "'odd'")
    rig.command('stop')
    rig.ended()

    # One of a .sublime-project names one of launch.json.
    rig.start_own('app')
    equal(rig.locals(rig.stopped('app'))['mode'], "'dev'")
    rig.command('stop')
    rig.ended()

    write('.vscode/launch.json', '{ "configurations": [{ "name": "new", "type": "debugpy", "request": "launch" }] }')
    pump('new list', lambda: [each.name for each in project.configurations] == ['own', 'new'])


run(body)
