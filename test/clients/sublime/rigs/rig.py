"""What every rig of Sublime Text shares. A rig passes with exit code 0 and a last line PASS."""
from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import Any, Callable

world: Any = importlib.import_module(os.environ.get('RIG_WORLD', 'world'))

workspace = os.environ['RIG_WS']
outside = os.path.dirname(workspace)
sublime: Any = importlib.import_module('sublime')
pump = sublime.pump


class Rig:
    """A window on the workspace with our package in it, its server, and Debugger."""

    def __init__(self) -> None:
        self.package: Any = importlib.import_module('LSP-launch-ls.plugin')
        self.package.plugin_loaded()
        self.window = world.open_window([workspace])
        self.view = self.window.open_file(workspace + '/app.py')
        self.session: Any = None
        with open(workspace + '/.vscode/launch.json', encoding='utf-8') as file:
            self.length = len(file.read())

    def serve(self) -> Any:
        """The server, as LSP starts it for the view."""
        self.session = world.start_server(self.window, self.view, self.package.LspLaunchLs)
        return self.session

    @property
    def debugger(self) -> Any:
        return world.debugger(self.window)

    @property
    def sessions(self) -> list[Any]:
        return self.debugger.sessions if self.debugger else []

    def command(self, command: str, **args: Any) -> None:
        self.window.run_command('launch_ls_' + command, args)

    def breakpoint(self, file: str, line: int) -> Any:
        source = world.debugger(self.window, create=True).breakpoints.source
        return source.add_breakpoint(workspace + '/' + file, line, None)

    def stopped(self, name: str) -> Any:
        """The session of that name, stopped, with its frame selected."""

        def found() -> Any:
            return [each for each in self.sessions if each.configuration.name == name and each.is_paused
                    and each.selected_frame]

        return pump('{} stopped'.format(name), lambda: found() or self.failed())[0]

    def failed(self) -> None:
        errors = world.errors(self.window)
        if errors:
            raise RuntimeError('Debugger shows: {}'.format(errors))

    def errors(self) -> list[str]:
        return world.errors(self.window)

    def console(self) -> str:
        """All that Debugger's console shows."""
        return str(world.console(self.window))

    def clear(self) -> None:
        world.errors(self.window).clear()

    @property
    def listed(self) -> list[Any]:
        return self.package.listing._items.get(self.window.id(), [])

    def start_own(self, name: str) -> None:
        """Starts a configuration of a .sublime-project."""
        world.start_own(self.window, name)

    def click_lens(self, view: Any, title: str, name: str) -> None:
        world.click_lens(self.session, view, title, name)

    def reload(self) -> None:
        world.reload(self.window)

    def text(self, name: str) -> str:
        """Of a file, as the editor has it."""
        view = self.window.find_open_file(workspace + '/' + name)
        if view:
            return str(view.text)
        with open(workspace + '/' + name, encoding='utf-8') as file:
            return file.read()

    def file(self) -> Any:
        """What is shown where files are edited."""
        return self.window.active_view_in_group(self.window.active_group())

    def page(self) -> str:
        """The text of the active file, when it has no name on disk."""
        view = self.file()
        return '' if view.file_name() else view.text

    def line(self, session: Any) -> int:
        return get(session.selected_frame, 'line')

    def locals(self, session: Any) -> dict[str, str]:
        self.wait(session.refresh_scopes(session.selected_frame))
        reference = get(session.variables[0], 'variablesReference')
        return {get(each, 'name'): get(each, 'value') for each in self.wait(session.get_variables(reference))}

    def resume(self, session: Any) -> None:
        self.wait(session.resume())

    def output(self, expected: str) -> None:
        """The programs have printed this, and nothing else."""
        try:
            pump('output', lambda: len(world.output(self.window)) >= len(expected))
        finally:
            equal(world.output(self.window), expected)

    def printed(self, text: str) -> None:
        pump('output', lambda: text in world.output(self.window))

    def ended(self) -> None:
        pump('end of all sessions', lambda: not self.sessions)

    def wait(self, coroutine: Any) -> Any:
        task = world.run(coroutine)
        pump('an answer', task.done)
        return task.result()

    def question(self) -> Any:
        return pump('a question', lambda: self.window.asked)[0]


def get(thing: Any, name: str) -> Any:
    return thing[name] if isinstance(thing, dict) else getattr(thing, name)


def equal(actual: Any, expected: Any) -> None:
    if actual != expected:
        raise AssertionError('expected {!r}\ngot {!r}'.format(expected, actual))


def write(name: str, text: str) -> None:
    with open(workspace + '/' + name, 'w', encoding='utf-8') as file:
        file.write(text)


def run(body: Callable[[Rig], None]) -> None:
    code = 1
    rig = Rig()
    try:
        body(rig)
        world.check()
        if rig.session:
            world.end_server(rig.session)
        print('PASS')
        code = 0
    except BaseException as error:
        traceback.print_exc()
        print('FAIL {}'.format(error))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Debugger's threads are no daemons
