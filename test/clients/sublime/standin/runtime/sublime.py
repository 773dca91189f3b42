"""
Stands in for Sublime Text's own module: what our package uses of it, and what the packages LSP and Debugger cannot do
without; `names.complete` takes the rest from LSP's stubs. Both of Sublime's threads are one queue, which `pump` runs;
what the user is asked or shown is kept for the rig to look at and to answer.
"""
from __future__ import annotations

import glob
import heapq
import itertools
import json
import os
import re
import threading
import time
from typing import Any, Callable

from sublime_text import Buffer as Buffer
from sublime_text import Edit as Edit
from sublime_text import Region as Region
from sublime_text import Selection as Selection
from sublime_text import Settings as Settings
from sublime_text import View as View

KEEP_OPEN_ON_FOCUS_LOST = 2
ENCODED_POSITION = 1

dialogs: list[str] = []
"""Texts of the dialogs that were shown."""
presses_ok = [False]
tolerates: list[Callable[[Exception], bool]] = [lambda error: False]
"""Whether an error of a callback is only printed, as Sublime Text does."""
ticks: list[Callable[[], None]] = []
"""Called again and again while `pump` waits."""

_queue: list[tuple[float, int, Callable[[], Any]]] = []
_order = itertools.count()
_more = threading.Condition()
_windows: list[Window] = []
_settings: dict[str, Settings] = {}


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
        try:
            callback()
        except Exception as error:
            if not tolerates[0](error):
                raise


def set_timeout(callback: Callable[[], Any], delay: float = 0) -> None:
    with _more:
        heapq.heappush(_queue, (time.monotonic() + delay / 1000, next(_order), callback))
        _more.notify()


set_timeout_async = set_timeout


def error_message(text: str) -> None:
    dialogs.append(text)


message_dialog = error_message


def status_message(text: str) -> None:
    active_window().status_message(text)


def ok_cancel_dialog(text: str, ok: str = '', title: str = '') -> bool:
    dialogs.append('{}\n[{}]'.format(text, ok))
    return presses_ok[0]


def active_window() -> Window:
    return _windows[-1]


def windows() -> list[Window]:
    return list(_windows)


def platform() -> str:
    return 'linux'


def arch() -> str:
    return 'x64'


def version() -> str:
    return '4200'


def channel() -> str:
    return 'stable'


def packages_path() -> str:
    return os.environ['RIG_PACKAGES']


installed_packages_path = packages_path


def cache_path() -> str:
    return os.path.join(os.path.dirname(packages_path()), 'Cache')


def find_resources(pattern: str) -> list[str]:
    names = [name for name in os.listdir(packages_path()) if os.path.exists(os.path.join(packages_path(), name, pattern))]
    return ['Packages/{}/{}'.format(name, pattern) for name in names]


def load_binary_resource(name: str) -> bytes:
    with open(os.path.join(os.path.dirname(packages_path()), name), 'rb') as file:
        return file.read()


def load_resource(name: str) -> str:
    return load_binary_resource(name).decode('utf-8')


def decode_value(text: str) -> Any:
    plain = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda found: found.group(1) or '', text, flags=re.DOTALL)
    return json.loads(re.sub(r'("(?:\\.|[^"\\])*")|,(\s*[\]}])', lambda found: found.group(1) or found.group(2), plain))


def encode_value(value: Any, pretty: bool = False) -> str:
    return json.dumps(value, indent=4 if pretty else None)


def command_url(name: str, args: Any = None) -> str:
    return 'subl:{} {}'.format(name, encode_value(args))


def load_settings(name: str) -> Settings:
    """The same object each time, as its package has it."""
    if name not in _settings:
        found = glob.glob(os.path.join(packages_path(), '*', name))
        _settings[name] = Settings(decode_value(open(found[0], encoding='utf-8').read()) if found else {})
    return _settings[name]


def save_settings(name: str) -> None: ...


def expand_variables(value: Any, variables: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: expand_variables(each, variables) for key, each in value.items()}
    if isinstance(value, list):
        return [expand_variables(each, variables) for each in value]
    if isinstance(value, str):
        return re.sub(r'\$\{?(\w+)\}?', lambda found: variables.get(found.group(1), ''), value)
    return value


def score_selector(scope: str, selector: str) -> int:
    return int(any(scope.startswith(each.strip()) for each in selector.split('|')))


class Syntax:
    def __init__(self, path: str, name: str, hidden: bool, scope: str) -> None:
        self.path, self.name, self.hidden, self.scope = path, name, hidden, scope


def find_syntax_by_scope(scope: str) -> list[Syntax]:
    return [Syntax('', scope, False, scope)]


class QuickPanelItem:
    def __init__(self, trigger: str, details: Any = '', annotation: str = '', kind: Any = (0, '', '')) -> None:
        self.trigger, self.details, self.annotation, self.kind = trigger, details, annotation, kind


class Window:
    count = itertools.count(1)

    def __init__(self, folders: list[str]) -> None:
        self._id, self._folders, self._views = next(Window.count), folders, []
        self._settings, self._panels = Settings(), {}
        self.messages: list[str] = []
        self.asked: list[dict[str, Any]] = []
        """Open panels: `title`, `items` or `value`, and `answer` to be called."""
        self.active_panel_name: str | None = None
        self._focused: View | None = None
        """A panel that has the focus."""
        self.project: str | None = None
        self.data: Any = None
        """What its .sublime-project has."""
        _windows.append(self)

    def id(self) -> int:
        return self._id

    def is_valid(self) -> bool:
        return True

    def folders(self) -> list[str]:
        return self._folders

    def settings(self) -> Settings:
        return self._settings

    def project_data(self) -> Any:
        return self.data

    def set_project_data(self, data: Any) -> None:
        self.data = data

    def project_file_name(self) -> str | None:
        return self.project

    def extract_variables(self) -> dict[str, str]:
        view = self.active_view()
        return {'folder': self._folders[0], 'file': (view and view.file_name()) or ''}

    def active_view(self) -> View | None:
        return self._focused or self.active_view_in_group(0)

    def active_view_in_group(self, group: int) -> View | None:
        return self._views[-1] if self._views else None

    def views(self, include_transient: bool = False) -> list[View]:
        return list(self._views)

    views_in_group = views

    def num_groups(self) -> int:
        return 1

    def active_group(self) -> int:
        return 0

    def selected_sheets(self) -> list[View]:
        return self._views[-1:]

    def selected_sheets_in_group(self, group: int) -> list[View]:
        return self.selected_sheets()

    def focus_view(self, view: View) -> None:
        self._focused = None if view in self._views else view
        if view in self._views:
            self._views.remove(view)
            self._views.append(view)

    def find_open_file(self, name: str, group: int = -1) -> View | None:
        return next((view for view in self._views if view.file_name() == name), None)

    def open_file(self, name: str, flags: int = 0, group: int = -1) -> View:
        found = re.match(r'(.*?)(?::(\d+))?(?::(\d+))?$', name) if flags & ENCODED_POSITION else None
        file, *place = found.groups() if found else (name, None, None)
        with open(file, encoding='utf-8') as opened:
            text = opened.read()
        view = self.find_open_file(file) or View(self, file)
        if view not in self._views:
            self._views.append(view)
            view.text = text
            sublime_plugin().created(view)
        if place[0]:
            view.sel()[:] = [Region(view.text_point(int(place[0]) - 1, int(place[1] or 1) - 1))]
        self.focus_view(view)
        return view

    def new_file(self, flags: int = 0, syntax: str = '') -> View:
        view = View(self)
        self._views.append(view)
        self.focus_view(view)
        return view

    def status_message(self, text: str) -> None:
        self.messages.append(text)

    def show_quick_panel(
        self, items: Any, chosen: Callable[[int], None], flags: int = 0, selected: int = -1, on_highlight: Any = None,
        placeholder: str = '',
    ) -> None:
        self._ask(chosen, title=placeholder, items=[(item.trigger, item.details or item.annotation) for item in items],
                  selected=selected)

    def show_input_panel(self, caption: str, text: str, done: Any, change: Any, cancel: Any) -> View:
        view = View(self, text=text)
        self._ask(lambda value: cancel() if value is None else done(value), title=caption, value=text, view=view)
        return view

    def panels(self) -> list[str]:
        return ['output.' + name for name in self._panels]

    def active_panel(self) -> str | None:
        return self.active_panel_name

    def create_output_panel(self, name: str, unlisted: bool = False) -> View:
        self._panels[name] = View(self, element='output:output')
        return self._panels[name]

    def create_io_panel(self, name: str, on_input: Any, unlisted: bool = False) -> tuple[View, View]:
        return self.create_output_panel(name), View(self, element='output:input')

    def destroy_output_panel(self, name: str) -> None:
        self._panels.pop(name, None)

    def find_output_panel(self, name: str) -> View | None:
        return self._panels.get(name)

    def run_command(self, name: str, args: Any = None) -> None:
        if name == 'show_panel':
            sublime_plugin().heard('on_window_command', self, name, args)
            self.active_panel_name = args['panel']
            sublime_plugin().heard('on_post_window_command', self, name, args)
        else:
            sublime_plugin().run_window_command(self, name, args or {})

    def _ask(self, use: Callable[[Any], None], **shown: Any) -> None:
        def answer(value: Any) -> None:
            self.asked.remove(question)
            use(value)

        question = dict(shown, answer=answer)
        self.asked.append(question)


def sublime_plugin() -> Any:
    import sublime_plugin

    return sublime_plugin
