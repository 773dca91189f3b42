# A program that ran before lives on when its session is stopped, by our command and by Debugger's own.
from rig import equal, pump, run


def body(rig):
    rig.serve()
    for stop in lambda: rig.command('stop'), lambda: rig.debugger.stop():
        rig.command('debug', name='attached')
        pump('session', lambda: [each for each in rig.sessions if each.is_running] or rig.failed())
        stop()
        rig.ended()
    equal(rig.errors(), [])


run(body)
