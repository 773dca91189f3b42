"""Stands in for Sublime Text's own module: commands are found by their class, listeners hear of them."""
from __future__ import annotations

import re
from typing import Any

import sublime

view_event_listeners: dict[int, list[Any]] = {}
_listeners: dict[Any, Any] = {}
_unloaded: set[Any] = set()


class Command: ...


class WindowCommand(Command):
    def __init__(self, window: sublime.Window) -> None:
        self.window = window


class TextCommand(Command):
    def __init__(self, view: sublime.View) -> None:
        self.view = view


class EventListener: ...


class ViewEventListener:
    def __init__(self, view: sublime.View) -> None:
        self.view = view


class TextChangeListener:
    buffer: Any = None

    def attach(self, buffer: sublime.Buffer) -> None:
        self.buffer = buffer

    def detach(self) -> None:
        self.buffer = None


def run_window_command(window: sublime.Window, name: str, args: dict[str, Any]) -> None:
    name, args = next((each for each in heard('on_window_command', window, name, args) if each), (name, args))
    for command in commands(WindowCommand, name):
        command(window).run(**args)
    heard('on_post_window_command', window, name, args)


def run_text_command(view: sublime.View, name: str, args: dict[str, Any]) -> None:
    heard('on_text_command', view, name, args)
    for command in commands(TextCommand, name):
        command(view).run(sublime.Edit(), **args)
    heard('on_post_text_command', view, name, args)


def created(view: sublime.View) -> None:
    """A file was opened."""
    heard('on_load', view)
    heard('on_activated', view)


def heard(what: str, *args: Any) -> list[Any]:
    """What the listeners say to an event."""
    answers = []
    for listener in subclasses(EventListener):
        if hasattr(listener, what):
            if listener not in _listeners:
                _listeners[listener] = listener()
            answers.append(getattr(_listeners[listener], what)(*args))
    return answers


def commands(base: Any, name: str) -> list[Any]:
    return [each for each in subclasses(base) if name_of(each) == name]


def name_of(command: Any) -> str:
    return re.sub(r'(?<!^)(?=[A-Z])', '_', command.__name__).lower().rpartition('_command')[0]


def subclasses(base: Any) -> list[Any]:
    return [each for sub in base.__subclasses__() for each in [sub] + subclasses(sub) if each not in _unloaded]


def unload(module: str) -> None:
    """The commands and listeners of a module, or of a package, are not asked any more."""
    each_of = (each for base in (Command, EventListener) for each in subclasses(base))
    _unloaded.update([each for each in each_of if (each.__module__ + '.').startswith(module + '.')])
