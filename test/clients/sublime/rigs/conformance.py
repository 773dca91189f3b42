"""Plays the steps of a scenario: test/clients/conformance/scenarios.ts says what each means."""
from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

from rig import Rig, equal, pump, run, sublime, workspace, world, write


class Player:
    def __init__(self, rig: Rig) -> None:
        self.rig, self.file = rig, ''
        self.asked: list[str] = []
        self.answers: list[Any] = []
        self.seen: list[Any] = []
        """Frames of the stops that are over."""
        self.stopped_session: Any = None
        sublime.ticks.append(self.answer_next)

    def answer_next(self) -> None:
        for question in list(self.rig.window.asked) if self.answers else []:
            self.asked.append(question['title'])
            wanted = self.answers.pop(0)
            if 'items' in question:
                labels = [label for label, _ in question['items']]
                wanted = -1 if wanted is None else labels.index(wanted)
            question['answer'](wanted)

    def open(self, file: str, line: int = 1) -> None:
        self.file = file
        view = self.rig.window.open_file('{}/{}:{}'.format(workspace, file, line), sublime.ENCODED_POSITION)
        self.rig.window.focus_view(view)

    def breakpoint(self, line: int, more: Any = None) -> None:
        breakpoint = self.rig.breakpoint(self.file, line)
        for name, value in (more or {}).items():
            setattr(breakpoint.dap, name, value)

    def answer(self, *answers: Any) -> None:
        self.answers = list(answers)

    def start(self, name: str) -> None:
        self.rig.command('debug', name=name)

    def run(self, name: str) -> None:
        self.rig.command('run', name=name)

    def pick(self, name: str) -> None:
        pump('the list', lambda: self.rig.listed)
        self.debugger('change_configuration')
        world.choose(self.rig.window, name)
        self.debugger('start')

    def stopped(self, file: str, line: int) -> None:
        def new() -> list[Any]:
            return [each for each in self.rig.sessions if each.is_paused and each.selected_frame is not None
                    and all(each.selected_frame is not frame for frame in self.seen)]

        self.stopped_session = pump('stopped', lambda: new() or self.rig.failed())[0]

        def place() -> Any:
            view = self.rig.file()
            return os.path.relpath(view.file_name() or '', workspace), view.rowcol(view.sel()[0].b)[0] + 1

        pump('the place', lambda: view_at(self.rig.file()) and place() == (file, line))

    def variable(self, name: str, value: str) -> None:
        equal(self.rig.locals(self.stopped_session)[name], value)

    def next(self) -> None:
        self.forget()
        self.debugger('step_over')

    def continue_(self) -> None:
        self.forget()
        self.debugger('continue')

    def restart(self) -> None:
        self.forget()
        self.rig.command('restart')

    def stop(self) -> None:
        self.rig.command('stop')

    def sessions(self, *names: str) -> None:
        pump('sessions', lambda: sorted(each.configuration.name for each in self.rig.sessions) == sorted(names))

    def output(self, text: str) -> None:
        pump('output', lambda: text in self.rig.console())

    def terminal(self, text: str) -> None:
        def shown() -> bool:
            panels = [self.rig.window.find_output_panel(each[len('output.'):]) for each in self.rig.window.panels()]
            return any(text in view.text for view in panels if view.settings().get('terminus_view'))

        pump('terminal', shown)

    def title_asked(self, title: str) -> None:
        pump('prompt', lambda: any(title in each for each in self.asked))

    def shown(self, text: str) -> None:
        pump('message', lambda: text in '\n'.join(sublime.dialogs + self.rig.window.messages + self.rig.errors()))

    def write(self, file: str, text: str) -> None:
        write(file, text)

    def ended(self) -> None:
        self.rig.ended()

    def kill(self) -> None:
        print('killed')
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    def debugger(self, action: str) -> None:
        """A command of Debugger."""
        self.rig.window.run_command('debugger', {'action': action})

    def forget(self) -> None:
        self.seen.append(self.stopped_session.selected_frame)


def view_at(view: Any) -> bool:
    return bool(view.file_name() and len(view.sel()))


def body(rig: Rig) -> None:
    rig.serve()
    player = Player(rig)
    named = {'continue': player.continue_, 'asked': player.title_asked}
    with open(os.environ['RIG_STEPS'], encoding='utf-8') as file:
        steps = json.load(file)
    for index, (name, *args) in enumerate(steps):
        try:
            (named.get(name) or getattr(player, name))(*args)
        except Exception as error:
            raise RuntimeError('step {}, {}: {}'.format(index + 1, json.dumps([name] + args), error)) from error


run(body)
