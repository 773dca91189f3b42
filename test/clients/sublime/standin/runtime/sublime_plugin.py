"""Stands in for Sublime Text's own module: commands are found by their class, listeners hear of them."""
from __future__ import annotations

import re
from typing import Any

import sublime


class WindowCommand:
    def __init__(self, window: sublime.Window) -> None:
        self.window = window


class EventListener: ...


def run_window_command(window: sublime.Window, name: str, args: dict[str, Any]) -> None:
    listeners = [listener() for listener in EventListener.__subclasses__()]
    for listener in listeners:
        getattr(listener, 'on_window_command', lambda *_: None)(window, name, args)
    for command in subclasses(WindowCommand):
        if name == re.sub(r'(?<!^)(?=[A-Z])', '_', command.__name__).lower().rpartition('_command')[0]:
            command(window).run(**args)
    for listener in listeners:
        getattr(listener, 'on_post_window_command', lambda *_: None)(window, name, args)


def subclasses(base: Any) -> list[Any]:
    return [each for sub in base.__subclasses__() for each in [sub] + subclasses(sub)]
