# Debug by name: breakpoint, locals, a value of the env file; restart after an edit of it; again; stop; run.
from rig import equal, pump, run, write


def body(rig):
    rig.serve()
    rig.breakpoint('app.py', 7)
    rig.command('debug', name='app')

    def stopped_with(mode):
        session = rig.stopped('app')
        values = rig.locals(session)
        equal((rig.line(session), values['total'], values['label'], values['mode']), (7, '42', "'ééé'", repr(mode)))
        return session

    session = stopped_with('dev')
    stub = dict(session.configuration)
    equal(stub, {'type': 'debugpy', 'request': 'launch', 'name': 'app', 'token': stub['token']})

    write('app.env', 'MODE=staging\n')
    rig.command('restart')
    pump('restart', lambda: not session.is_paused)
    equal(stopped_with('staging') is session, True)
    rig.resume(session)
    rig.ended()

    write('app.env', 'MODE=prod\n')
    rig.command('restart')  # nothing runs: the last one again
    stopped_with('prod')
    rig.command('stop')
    rig.ended()

    rig.command('run', name='app')
    rig.output('result 42 staging\nresult 42 prod\n')
    rig.ended()


run(body)
