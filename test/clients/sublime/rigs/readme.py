# The package as the README installs it: no server is on PATH, that of the checkout is used; F5 picks and debugs.
import os
import shutil

from rig import equal, run


def body(rig):
    equal(shutil.which('launch-ls', path=os.environ['PATH'].split(os.pathsep)[0]), None)
    rig.serve()
    rig.breakpoint('app.py', 7)
    rig.command('debug')
    question = rig.question()
    equal(question['title'], 'Debug')
    question['answer']([name for name, _ in question['items']].index('app'))
    equal(rig.locals(rig.stopped('app'))['total'], '42')
    rig.window.run_command('debugger', {'action': 'continue'})
    rig.ended()


run(body)
