# A child process is a session below its parent; a compound starts its members, each once.
from rig import equal, pump, run


def body(rig):
    rig.serve()
    rig.breakpoint('family.py', 5)
    rig.breakpoint('app.py', 7)
    rig.command('debug', name='family')
    child = pump('the child', lambda: [each for each in rig.sessions if each.parent and each.is_paused and each.selected_frame])[0]
    equal((rig.line(child), rig.locals(child)['square']), (5, '49'))
    equal(child.parent.configuration.name, 'family')
    equal(sorted(child.configuration), ['connect', 'name', 'request', 'token', 'type'])
    rig.resume(child)
    rig.ended()
    rig.printed('child 49\n')
    rig.printed('parent\n')

    rig.command('debug', name='both')
    values = {name: rig.locals(rig.stopped(name)) for name in ('app', 'other')}
    equal({name: (each['total'], each['mode']) for name, each in values.items()}, {
        'app': ('42', "'dev'"),
        'other': ('43', "'x'"),
    })
    rig.command('stop')  # stopAll: the other one ends with it
    rig.ended()


run(body)
