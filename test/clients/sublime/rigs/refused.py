# A refusal stands in Debugger's console with its place, a failed task in the panel; resolve shows its own in a dialog.
from rig import equal, pump, run, sublime, workspace


def body(rig):
    rig.serve()
    rig.command('debug', name='lost')
    error = pump('refusal', rig.errors)[0]
    equal(('nowhere.py' in error, error), (True, error))
    view = pump('the place', lambda: rig.window.find_open_file(workspace + '/.vscode/launch.json'))
    line = view.substr(view.line(view.sel()[0].a))
    equal(('"lost"' in line, line), (True, line))
    rig.ended()

    rig.clear()
    rig.command('debug', name='task')
    equal("'fails'" in pump('refusal', rig.errors)[0].replace('"', "'"), True)
    rig.ended()
    equal(rig.window.find_output_panel('launch-ls').text.endswith("exit 3\nbad luck\n"), True)
    equal('bad luck' in rig.console(), True)
    rig.command('output')
    equal(rig.window.active_panel_name, 'output.launch-ls')

    rig.command('resolve', name='nobody')
    equal('nobody' in pump('dialog', lambda: sublime.dialogs)[0], True)

    # Of a refusal with a place, the dialog has a button that goes there.
    sublime.dialogs.clear()
    sublime.presses_ok[0] = True
    start = {'line': 2, 'character': 4}
    location = {'uri': 'file://' + workspace + '/.vscode/launch.json', 'range': {'start': start, 'end': start}}
    rig.package.refusal.show(rig.window, {'data': {'message': 'No.', 'remedy': 'Mend it.', 'location': location}})
    equal(sublime.dialogs, ['No.\nMend it.\n[Go to launch.json]'])
    view = rig.file()
    equal((view.file_name(), view.rowcol(view.sel()[0].a)), (workspace + '/.vscode/launch.json', (2, 4)))


run(body)
