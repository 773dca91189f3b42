# Questions in Sublime's panels: a text, a choice, a password; a cancelled one starts nothing.
from rig import equal, run, sublime


def body(rig):
    rig.serve()
    rig.breakpoint('app.py', 7)
    rig.view.sel()[:] = [sublime.Region(7, 9)]
    rig.command('debug', name='asks all')
    question = rig.question()
    equal((question['title'], question['value']), ('Which mode?:', 'none'))
    equal(question['view'].settings().get('password'), None)
    question['answer']('m')
    question = rig.question()
    equal((question['title'], question['items'], question['selected']), ('Pick one', [('b', '(Default)'), ('a', '')], 0))
    question['answer'](1)
    question = rig.question()
    equal((question['title'], question['view'].settings().get('password')), ('Token:', True))
    question['answer']('geheim')
    session = rig.stopped('asks all')
    equal(rig.locals(session)['mode'], "'m a geheim os'")
    rig.command('stop')
    rig.ended()

    rig.view.sel()[:] = [sublime.Region(7, 9)]
    rig.command('debug', name='asks all')
    rig.question()['answer'](None)
    rig.ended()
    equal(rig.errors(), [])

    # Stopped while it asks.
    rig.command('debug', name='asks all')
    rig.question()
    rig.command('stop')
    rig.ended()
    equal(rig.errors(), [])


run(body)
