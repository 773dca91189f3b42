"""Sublime Text as a rig finds it: our stand-in for it, and the real packages LSP and Debugger."""
from __future__ import annotations

import importlib
import html
import importlib
import json
import os
import re
import sys
import traceback
from typing import Any

here = os.path.dirname(os.path.realpath(__file__))
packages = os.environ['RIG_PACKAGES']
sys.path[:0] = [packages, here + '/../standin/runtime']

import names  # noqa: E402
import sublime  # noqa: E402
import terminus as terminus  # noqa: E402
import sublime_plugin  # noqa: E402

for each in 'sublime', 'sublime_plugin':
    names.complete(each, '{}/LSP/stubs/{}.pyi'.format(packages, each))
sys.modules['mdpopups'] = names.Absent('mdpopups')
sys.modules['mdpopups'].markdown = sys.modules['mdpopups'].marko = names.Absent('markdown')  # type: ignore
sys.modules['mdpopups'].markdown.__version__ = '0'  # type: ignore

sys.modules['sublime_api'] = names.Absent('sublime_api')

import LSP.boot as boot  # noqa: E402
from LSP.plugin import LspWindowCommand  # noqa: E402
from LSP.plugin.core.registry import windows  # noqa: E402

import Debugger.start as debugger_package  # noqa: E402
from Debugger.modules import core  # noqa: E402
from Debugger.modules.debugger import Debugger  # noqa: E402
from Debugger.modules.ui.input import CommandPaletteInputCommand  # noqa: E402

NAME = 'LSP-launch-ls'


def is_theirs(error: Exception) -> bool:
    """An error of LSP or Debugger in which our package has no part: Sublime Text prints it."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    print('tolerated:', *lines)
    return NAME not in ''.join(lines)


sublime.tolerates[0] = is_theirs
boot.plugin_loaded()
debugger_package.plugin_loaded()


def open_window(folders: list[str]) -> Any:
    window = sublime.Window(folders)
    window.project = folders[0] + '/ws.sublime-project'
    window.data = {'debugger_configurations': [{'name': 'own', 'type': 'lldb', 'request': 'launch'}]}
    return window


def start_server(window: Any, view: Any, plugin: Any) -> Any:
    """As LSP does for a view that is shown."""
    manager = windows.lookup(window)
    sublime.pump('settings', lambda: manager.get_config_manager().get_config(NAME))
    listen(view)
    command = LspWindowCommand(window)
    command.session_name = NAME
    return sublime.pump('session', command.session)


def listen(view: Any) -> None:
    changes = boot.TextChangeListener()
    changes.attach(view.buffer())
    listener = boot.DocumentSyncListener(view)
    sublime_plugin.view_event_listeners.setdefault(view.id(), []).extend([listener, changes])
    listener.on_activated_async()


def click_lens(session: Any, view: Any, title: str, name: str) -> None:
    """Follows the link that LSP shows beside a configuration."""
    listen(view)

    def links() -> list[Any]:
        shown = ''.join(text for texts in view.annotations.values() for text in texts)
        found = re.findall(r"""href=(['"])subl:lsp_run_text_command_helper (.*?)\1.*?>(.*?)</a>""", shown)
        calls = [json.loads(html.unescape(args)) for _, args, text in found if title in text]
        return [call for call in calls if call['args']['command_args'][0]['configuration'] == name]

    call = sublime.pump('lens', links)[0]
    view.run_command(call['command'], call['args'])


def end_server(session: Any) -> None:
    session.end_async()
    sublime.pump('end of the server', lambda: session.transport is None)


def debugger(window: Any, create: bool = False) -> Any:
    found = Debugger.get(window, create=create)
    if found and not hasattr(found, 'shown_errors'):
        observe(found)
    return found


def observe(found: Any) -> None:
    """Keeps what the user is shown of it."""
    found.shown_errors, found.shown_output = [], []
    log = found.console.log

    def logged(type: str, value: Any, source: Any = None, session: Any = None, html: Any = None) -> None:
        if 'Edit Configuration?' in str(value):  # with a link, which the user follows
            html.on_navigate('')
        if type.startswith('error'):
            found.shown_errors.append(str(value))
        log(type, value, source, session, html)

    found.console.log = logged
    found.on_session_output.add(
        lambda _, event: found.shown_output.append(event.output) if event.category == 'stdout' else None
    )


def console(window: Any) -> str:
    found = debugger(window)
    # It marks colours by characters without a width.
    return re.sub('[\u200a-\u200f\u2060-\u206f]', '', found.console.view.text) if found else ''


def choose(window: Any, name: str) -> None:
    """Picks from the list that Debugger shows."""
    def items() -> list[tuple[int, Any]]:
        shown = CommandPaletteInputCommand.running_command
        values = shown.input.values if shown else []
        return [(at, shown.input) for at, item in enumerate(values) if item.text.split('\t')[0] == name]

    index, shown = sublime.pump('the list', items)[0]
    shown.confirm(index, {})


def upgrade_debugger() -> None:
    """It is loaded anew, as Package Control does."""
    global core, Debugger, CommandPaletteInputCommand
    debugger_package.plugin_unloaded()
    sublime_plugin.unload('Debugger')
    importlib.reload(debugger_package)
    core = importlib.import_module('Debugger.modules.core')
    Debugger = importlib.import_module('Debugger.modules.debugger').Debugger
    CommandPaletteInputCommand = importlib.import_module('Debugger.modules.ui.input').CommandPaletteInputCommand
    debugger_package.plugin_loaded()


def errors(window: Any) -> list[str]:
    found = debugger(window)
    return found.shown_errors if found else []


def output(window: Any) -> str:
    found = debugger(window)
    return ''.join(found.shown_output) if found else ''


def start_own(window: Any, name: str) -> None:
    configuration = {'name': name, 'type': 'launch-ls', 'request': 'launch'}
    window.run_command('debugger', {'action': 'start', 'configuration': configuration})


def reload(window: Any) -> None:
    debugger(window).project_or_settings_updated()


def run(coroutine: Any) -> Any:
    return core.run(coroutine)


class Heard:
    """What LSP and Debugger print: they catch errors of our methods, and print them."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.text = stream, ''

    def write(self, text: str) -> None:
        self.text += text
        self.stream.write(text)

    def flush(self) -> None:
        self.stream.flush()


sys.stdout, sys.stderr = heard = Heard(sys.stdout), Heard(sys.stderr)  # type: ignore[assignment]


def check() -> None:
    """No error of ours was printed; a refusal is none."""
    printed = ''.join(each.text for each in heard).split('Traceback ')[1:]
    ours = [each for each in printed if '/{}/'.format(NAME) in each and 'Refused: ' not in each]
    if ours:
        raise RuntimeError(ours[0])
