# The palette: a pick, the page of a configuration without and with secrets, a new configuration, a code lens.
from rig import equal, pump, run, workspace


def body(rig):
    rig.serve()
    rig.command('resolve')
    question = rig.question()
    equal(question['title'], 'Show what a configuration means')
    equal([('hidden', 'debugpy') in question['items'], ('both', 'compound') in question['items']], [False, True])
    question['answer'](-1)
    equal(rig.file(), rig.view)

    rig.command('resolve')
    question = rig.question()
    question['answer']([name for name, _ in question['items']].index('app'))
    page = pump('page', lambda: rig.page())
    for part in '"MODE": "••••",  // (' + workspace + '/app.env:1)', '"program": "' + workspace + '/app.py"':
        equal((part in page, page), (True, page))
    rig.window.open_file(workspace + '/app.py')
    rig.command('resolve', name='app', reveal=True)
    equal('"MODE": "dev"' in pump('page', lambda: rig.page()), True)

    rig.window.open_file(workspace + '/app.py')
    rig.command('new_configuration')
    question = rig.question()
    equal(question['title'], 'New configuration')
    question['answer'](0)
    pump('launch.json', lambda: len(rig.text('.vscode/launch.json')) > rig.length)

    rig.breakpoint('app.py', 7)
    view = rig.window.open_file(workspace + '/.vscode/launch.json')
    rig.click_lens(view, '▶', 'other')
    rig.stopped('other')
    rig.command('stop', everything=True)
    rig.ended()


run(body)
