# A server that is too old is told as that, in a dialog and in Debugger's console.
from rig import equal, pump, run, sublime


def body(rig):
    rig.serve()
    rig.command('debug')
    text = pump('dialog', lambda: sublime.dialogs)[0]
    equal(text, "launch-ls is too old: it does not know 'debug/configurations'. Update it: npm install --global launch-ls")
    rig.command('debug', name='app')
    text = pump('refusal', rig.errors)[0]
    equal(("does not know 'startDebug'" in text, text), (True, text))
    rig.ended()


run(body)
