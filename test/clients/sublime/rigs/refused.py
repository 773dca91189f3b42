# A refusal stands in Debugger's console with its place, a failed task in the panel; resolve shows its own in a dialog.
from rig import equal, pump, run, sublime, workspace


def body(rig):
    rig.serve()
    rig.command('debug', name='lost')
    error = pump('refusal', rig.errors)[0]
    equal(['nowhere.py' in error, 'launch.json:10' in error, error], [True, True, error])
    rig.ended()

    rig.clear()
    rig.command('debug', name='task')
    equal("'fails'" in pump('refusal', rig.errors)[0].replace('"', "'"), True)
    rig.ended()
    equal(rig.window.find_output_panel('launch-ls').text.endswith("exit 3\nbad luck\n"), True)
    equal(rig.window.active_panel_name, 'output.launch-ls')

    sublime.presses_ok[0] = True
    rig.command('resolve', name='nobody')
    dialog = pump('dialog', lambda: sublime.dialogs)[0]
    equal('nobody' in dialog, True)
    equal(rig.window.active_view().file_name() in (workspace + '/.vscode/launch.json', workspace + '/app.py'), True)


run(body)
