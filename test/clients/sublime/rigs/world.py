"""Sublime Text as a rig finds it: our stand-ins for it and for the packages LSP and Debugger."""
from __future__ import annotations

import importlib
import os
import sys
from typing import Any

here = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [os.environ['RIG_PACKAGES']] + [here + '/../standin/' + part for part in ('runtime', 'packages')]

import LSP.plugin as lsp  # noqa: E402
import sublime  # noqa: E402
import sublime_plugin  # noqa: E402
import terminus as terminus  # noqa: E402

has_debugger = 'RIG_DEBUGGER' not in os.environ
if os.environ.get('RIG_DEBUGGER') == 'old':
    from Debugger.modules import dap

    del dap.Adapter
if has_debugger:
    from Debugger.modules import core
    from Debugger.modules.debugger import Debugger

NAME = 'LSP-launch-ls'


def open_window(folders: list[str]) -> Any:
    return sublime.Window(folders)


def start_server(window: Any, view: Any, plugin: Any) -> Any:
    settings = sublime.load_settings(NAME + '.sublime-settings').to_dict()
    config = lsp.ClientConfig()
    config.command = settings['command']
    context = lsp.OnPreStartContext()
    context.configuration, context.view = config, view
    if not plugin.is_applicable_async(context):
        raise RuntimeError('the server is not for {}'.format(view.file_name()))
    plugin.on_pre_start_async(context)
    session = lsp.Session(window, NAME, plugin, config.command)
    lsp.sessions.append(session)
    params = {
        'processId': os.getpid(),
        'rootUri': None,
        'workspaceFolders': [{'uri': lsp.filename_to_uri(each), 'name': each} for each in window.folders()],
        'capabilities': {
            'experimental': settings['experimental_capabilities'],
            'workspace': {
                'workspaceFolders': True,
                'configuration': True,
                'workspaceEdit': {'documentChanges': True, 'resourceOperations': ['create']},
            },
        },
    }
    ready: list[Any] = []
    session.send_request_async(lsp.Request('initialize', params), ready.append)
    sublime.pump('initialize', lambda: ready)
    session.send_notification(lsp.Notification('initialized', {}))
    session.plugin.on_initialized_async()
    return session


def click_lens(session: Any, view: Any, title: str, name: str) -> None:
    answers: list[Any] = []
    params = {'textDocument': {'uri': lsp.filename_to_uri(view.file_name())}}
    document = dict(params['textDocument'], languageId='json', version=1, text=view.text)
    session.send_notification(lsp.Notification('textDocument/didOpen', {'textDocument': document}))
    session.send_request_async(lsp.Request('textDocument/codeLens', params), answers.append)
    lenses = sublime.pump('lens', lambda: answers)[0]
    commands = [lens['command'] for lens in lenses if title in lens['command']['title']]
    session.execute_command(next(each for each in commands if each['arguments'][0]['configuration'] == name))


def end_server(session: Any) -> None:
    session.end_async()
    sublime.pump('end of the server', lambda: session.process.poll() is not None)


def debugger(window: Any, create: bool = False) -> Any:
    return Debugger.get(window, create=create) if has_debugger else None


def errors(window: Any) -> list[str]:
    found = debugger(window)
    return found.console.errors if found else []


def console(window: Any) -> str:
    found = debugger(window)
    return '\n'.join(found.console.errors + found.console.notes + [found.output]) if found else ''


def choose(window: Any, name: str) -> None:
    """Picks from the list that Debugger shows."""
    project = debugger(window).project
    project.configuration_or_compound = next(each for each in project.configurations if each.name == name)
    project.on_updated()


def upgrade_debugger() -> None:
    """It is loaded anew, as Package Control does."""
    global core, Debugger
    sublime_plugin.unload('Debugger')
    for name in [each for each in sys.modules if each.startswith('Debugger.')]:
        del sys.modules[name]
    core = importlib.import_module('Debugger.modules.core')
    Debugger = importlib.import_module('Debugger.modules.debugger').Debugger


def start_own(window: Any, name: str) -> None:
    from Debugger.modules import dap

    debugger(window).start_with_configurations([dap.Configuration(name, 0, 'launch-ls', 'launch', {})], False)


def reload(window: Any) -> None:
    """The .sublime-project was saved."""
    debugger(window).project.reload()


def output(window: Any) -> str:
    found = debugger(window)
    return found.output if found else ''


def run(coroutine: Any) -> Any:
    return core.run(coroutine)


def check() -> None:
    """No task failed without anybody looking."""
    for task in core.tasks if has_debugger else []:
        if task.done() and not task.cancelled() and task.exception() and not isinstance(task.exception(), core_error()):
            raise task.exception()


def core_error() -> Any:
    from Debugger.modules import dap

    return dap.Error
