"""
Stands in for Sublime Text's own module: what our package uses of it. Both of Sublime's threads are one queue, which
`pump` runs; what the user is asked or shown is kept for the rig to look at and to answer.
"""
from __future__ import annotations

import heapq
import itertools
import json
import os
import re
import threading
import time
from typing import Any, Callable

KEEP_OPEN_ON_FOCUS_LOST = 2
ENCODED_POSITION = 1

dialogs: list[str] = []
"""Texts of the dialogs that were shown."""
presses_ok = [False]
ticks: list[Callable[[], None]] = []
"""Called again and again while `pump` waits."""

_queue: list[tuple[float, int, Callable[[], Any]]] = []
_order = itertools.count()
_more = threading.Condition()
_windows: list[Window] = []


def pump(what: str, done: Callable[[], Any], seconds: float = 15) -> Any:
    """Runs what `set_timeout` was given until `done()`, and returns its answer."""
    end = time.monotonic() + seconds
    while True:
        value = done()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError('{}: not within {} s; dialogs {}'.format(what, seconds, dialogs))
        for tick in ticks:
            tick()
        with _more:
            wait = min(0.02, _queue[0][0] - time.monotonic()) if _queue else 0.02
            if wait > 0:
                _more.wait(wait if not ticks else min(wait, 0.002))
                continue
            callback = heapq.heappop(_queue)[2]
        callback()


def set_timeout(callback: Callable[[], Any], delay: float = 0) -> None:
    with _more:
        heapq.heappush(_queue, (time.monotonic() + delay / 1000, next(_order), callback))
        _more.notify()


set_timeout_async = set_timeout


def error_message(text: str) -> None:
    dialogs.append(text)


def ok_cancel_dialog(text: str, ok: str = '', title: str = '') -> bool:
    dialogs.append('{}\n[{}]'.format(text, ok))
    return presses_ok[0]


def active_window() -> Window:
    return _windows[-1]


def windows() -> list[Window]:
    return list(_windows)


def packages_path() -> str:
    return os.environ['RIG_PACKAGES']


def load_resource(name: str) -> str:
    with open(os.path.join(os.path.dirname(packages_path()), name), encoding='utf-8') as file:
        return file.read()


def decode_value(text: str) -> Any:
    plain = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*', lambda found: found.group(1) or '', text)
    return json.loads(re.sub(r',(\s*[\]}])', r'\1', plain))


def encode_value(value: Any, pretty: bool = False) -> str:
    return json.dumps(value, indent=4 if pretty else None)


def load_settings(name: str) -> Settings:
    package = name.split('.')[0]
    return Settings(decode_value(load_resource('Packages/{}/{}'.format(package, name))))


class Settings:
    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values = dict(values or {})

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        self.values[key] = value

    def has(self, key: str) -> bool:
        return key in self.values

    def to_dict(self) -> dict[str, Any]:
        return dict(self.values)

    def erase(self, key: str) -> None:
        self.values.pop(key, None)

    def add_on_change(self, tag: str, callback: Callable[[], None]) -> None: ...

    def clear_on_change(self, tag: str) -> None: ...


class Region:
    def __init__(self, a: int, b: int | None = None) -> None:
        self.a, self.b = a, a if b is None else b

    def begin(self) -> int:
        return min(self.a, self.b)

    def end(self) -> int:
        return max(self.a, self.b)

    def empty(self) -> bool:
        return self.a == self.b


class Selection(list):  # type: ignore[type-arg]
    def add(self, region: Region | int) -> None:
        self.append(region if isinstance(region, Region) else Region(region))


class QuickPanelItem:
    def __init__(self, trigger: str, details: Any = '', annotation: str = '', kind: Any = (0, '', '')) -> None:
        self.trigger, self.details, self.annotation, self.kind = trigger, details, annotation, kind


class View:
    count = itertools.count(1)

    def __init__(self, window: Window, file: str | None = None, text: str = '') -> None:
        self._id, self._window, self._file, self.text = next(View.count), window, file, text
        self._sel, self._settings, self._name = Selection([Region(0)]), Settings(), ''

    def id(self) -> int:
        return self._id

    def window(self) -> Window:
        return self._window

    def file_name(self) -> str | None:
        return self._file

    def name(self) -> str:
        return self._name

    def set_name(self, name: str) -> None:
        self._name = name

    def set_scratch(self, scratch: bool) -> None: ...

    def assign_syntax(self, syntax: str) -> None: ...

    def set_read_only(self, read_only: bool) -> None: ...

    def settings(self) -> Settings:
        return self._settings

    def sel(self) -> Selection:
        return self._sel

    def size(self) -> int:
        return len(self.text)

    def substr(self, region: Region) -> str:
        return self.text[region.begin() : region.end()]

    def rowcol(self, point: int) -> tuple[int, int]:
        before = self.text[:point]
        return before.count('\n'), len(before) - (before.rfind('\n') + 1)

    def text_point(self, row: int, column: int) -> int:
        return sum(len(line) for line in self.text.splitlines(True)[:row]) + column

    def match_selector(self, point: int, selector: str) -> bool:
        return selector == 'source.python' and (self._file or '').endswith('.py')

    def run_command(self, name: str, args: Any = None) -> None:
        if name == 'append':
            self.text += args['characters']


class Window:
    count = itertools.count(1)

    def __init__(self, folders: list[str]) -> None:
        self._id, self._folders, self._views = next(Window.count), folders, []
        self._settings, self._panels = Settings(), {}
        self.messages: list[str] = []
        self.asked: list[dict[str, Any]] = []
        """Open panels: `title`, `items` or `value`, and `answer` to be called."""
        self.active_panel_name: str | None = None
        _windows.append(self)

    def id(self) -> int:
        return self._id

    def folders(self) -> list[str]:
        return self._folders

    def settings(self) -> Settings:
        return self._settings

    def active_view(self) -> View | None:
        return self._views[-1] if self._views else None

    def views(self) -> list[View]:
        return self._views

    def open_file(self, name: str, flags: int = 0) -> View:
        file, *place = name.rsplit(':', 2) if flags & ENCODED_POSITION else [name]
        with open(file, encoding='utf-8') as opened:
            view = View(self, file, opened.read())
        if place:
            view.sel()[0] = Region(view.text_point(int(place[0]) - 1, int(place[1]) - 1))
        self._views.append(view)
        return view

    def new_file(self) -> View:
        self._views.append(View(self))
        return self._views[-1]

    def status_message(self, text: str) -> None:
        self.messages.append(text)

    def show_quick_panel(
        self, items: Any, chosen: Callable[[int], None], flags: int = 0, selected: int = -1, placeholder: str = ''
    ) -> None:
        self._ask(chosen, title=placeholder, items=[(item.trigger, item.details or item.annotation) for item in items],
                  selected=selected)

    def show_input_panel(self, caption: str, text: str, done: Any, change: Any, cancel: Any) -> View:
        view = View(self, text=text)
        self._ask(lambda value: cancel() if value is None else done(value), title=caption, value=text, view=view)
        return view

    def create_output_panel(self, name: str) -> View:
        self._panels[name] = View(self)
        return self._panels[name]

    def find_output_panel(self, name: str) -> View | None:
        return self._panels.get(name)

    def run_command(self, name: str, args: Any = None) -> None:
        import sublime_plugin

        if name == 'show_panel':
            self.active_panel_name = args['panel']
        else:
            sublime_plugin.run_window_command(self, name, args or {})

    def _ask(self, use: Callable[[Any], None], **shown: Any) -> None:
        def answer(value: Any) -> None:
            self.asked.remove(question)
            use(value)

        question = dict(shown, answer=answer)
        self.asked.append(question)
