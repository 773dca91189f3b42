"""Stands in for Sublime Text's own module: texts, and views on them."""
from __future__ import annotations

import itertools
import re
from typing import Any, Callable, Iterator


class Settings:
    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values = dict(values or {})
        self.callbacks: dict[str, Callable[[], None]] = {}

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        self.values[key] = value
        for callback in list(self.callbacks.values()):
            callback()

    def has(self, key: str) -> bool:
        return key in self.values

    def to_dict(self) -> dict[str, Any]:
        return dict(self.values)

    def erase(self, key: str) -> None:
        self.values.pop(key, None)

    def update(self, values: Any) -> None:
        self.values.update(values)

    def add_on_change(self, tag: str, callback: Callable[[], None]) -> None:
        self.callbacks[tag] = callback

    def clear_on_change(self, tag: str) -> None:
        self.callbacks.pop(tag, None)

    __getitem__, __setitem__, __delitem__, __contains__ = get, set, erase, has


class Region:
    def __init__(self, a: int, b: int | None = None, xpos: float = -1) -> None:
        self.a, self.b, self.xpos = a, a if b is None else b, xpos

    def begin(self) -> int:
        return min(self.a, self.b)

    def end(self) -> int:
        return max(self.a, self.b)

    def size(self) -> int:
        return abs(self.a - self.b)

    def empty(self) -> bool:
        return self.a == self.b

    def contains(self, other: Any) -> bool:
        start, end = (other, other) if isinstance(other, int) else (other.begin(), other.end())
        return bool(self.begin() <= start and end <= self.end())

    def intersects(self, other: Region) -> bool:
        return self.begin() < other.end() and other.begin() < self.end()

    def __iter__(self) -> Iterator[int]:
        return iter((self.a, self.b))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Region) and (self.a, self.b) == (other.a, other.b)

    def __lt__(self, other: Region) -> bool:
        return (self.begin(), self.end()) < (other.begin(), other.end())

    def __hash__(self) -> int:
        return hash((self.a, self.b))

    def __repr__(self) -> str:
        return 'Region({}, {})'.format(self.a, self.b)


class Selection(list):  # type: ignore[type-arg]
    def add(self, region: Region | int) -> None:
        self.append(region if isinstance(region, Region) else Region(region))

    def add_all(self, regions: Any) -> None:
        for region in regions:
            self.add(region)


class Edit: ...


class Buffer:
    def __init__(self, view: View) -> None:
        self.view, self.buffer_id = view, view.id()

    def id(self) -> int:
        return self.buffer_id

    def primary_view(self) -> View:
        return self.view

    def views(self) -> list[View]:
        return [self.view]


DEFAULTS = {'binary_file_patterns': [], 'file_exclude_patterns': [], 'folder_exclude_patterns': [], 'tab_size': 4}


class View:
    """A text with a cursor; what has to do with how it looks answers something fixed."""

    count = itertools.count(1)

    def __init__(self, window: Any, file: str | None = None, text: str = '', element: str | None = None) -> None:
        self._id, self._window, self._file, self.text = next(View.count), window, file, text
        self._sel, self._settings, self._name = Selection([Region(0)]), Settings(DEFAULTS), ''
        self._element, self._read_only, self._changes = element, False, 0
        self._phantoms: dict[int, Region] = {}
        self._regions: dict[str, list[Region]] = {}
        self.annotations: dict[str, list[Any]] = {}
        self.status: dict[str, str] = {}
        self.open = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self._id == other._id

    def __hash__(self) -> int:
        return self._id

    def id(self) -> int:
        return self._id

    buffer_id = id

    def buffer(self) -> Buffer:
        return Buffer(self)

    def sheet(self) -> Any:
        return self

    def is_transient(self) -> bool:
        return False

    def is_selected(self) -> bool:
        return bool(self._window and self._window.active_view() == self)

    def view(self) -> View:
        return self

    def sheet_id(self) -> int:
        return self._id

    def is_valid(self) -> bool:
        return self.open

    def is_loading(self) -> bool:
        return False

    def is_dirty(self) -> bool:
        return False

    def is_primary(self) -> bool:
        return True

    def element(self) -> str | None:
        return self._element

    def window(self) -> Any:
        return self._window

    def close(self) -> None:
        self.open = False
        if self._window and self in self._window._views:
            self._window._views.remove(self)

    def file_name(self) -> str | None:
        return self._file

    def name(self) -> str:
        return self._name

    def set_name(self, name: str) -> None:
        self._name = name

    def set_scratch(self, scratch: bool) -> None: ...

    def assign_syntax(self, syntax: Any) -> None: ...

    def is_read_only(self) -> bool:
        return self._read_only

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only

    def settings(self) -> Settings:
        return self._settings

    def set_status(self, key: str, text: str) -> None:
        self.status[key] = text

    def erase_status(self, key: str) -> None:
        self.status.pop(key, None)

    def sel(self) -> Selection:
        return self._sel

    def size(self) -> int:
        return len(self.text)

    def change_count(self) -> int:
        return self._changes

    def substr(self, region: Any) -> str:
        if isinstance(region, int):
            return self.text[region : region + 1] or '\0'
        return self.text[region.begin() : region.end()]

    def rowcol(self, point: int) -> tuple[int, int]:
        before = self.text[:point]
        return before.count('\n'), len(before) - (before.rfind('\n') + 1)

    rowcol_utf16 = rowcol

    def text_point(self, row: int, column: int, *, clamp_column: bool = False) -> int:
        return sum(len(line) for line in self.text.splitlines(True)[:row]) + column

    text_point_utf16 = text_point

    def line(self, point: Any) -> Region:
        start, end = (point, point) if isinstance(point, int) else (point.begin(), point.end())
        after = self.text.find('\n', end)
        return Region(self.text.rfind('\n', 0, start) + 1, len(self.text) if after < 0 else after)

    def full_line(self, point: Any) -> Region:
        line = self.line(point)
        return Region(line.a, min(line.b + 1, len(self.text)))

    def word(self, point: int) -> Region:
        found = [each for each in re.finditer(r'\w+', self.text) if each.start() <= point <= each.end()]
        return Region(found[0].start(), found[0].end()) if found else Region(point)

    def find(self, pattern: str, start: int, flags: int = 0) -> Region:
        found = re.compile(pattern).search(self.text, start)
        return Region(found.start(), found.end()) if found else Region(-1)

    def insert(self, edit: Any, point: int, text: str) -> int:
        self.replace(edit, Region(point), text)
        return len(text)

    def erase(self, edit: Any, region: Region) -> None:
        self.replace(edit, region, '')

    def replace(self, edit: Any, region: Region, text: str) -> None:
        if self._read_only:
            return
        self.text = self.text[: region.begin()] + text + self.text[region.end() :]
        self._changes += 1

    def match_selector(self, point: int, selector: str) -> bool:
        return any(self._scope().startswith(each.strip()) for each in selector.split('|'))

    def score_selector(self, point: int, selector: str) -> int:
        return int(self.match_selector(point, selector))

    def _scope(self) -> str:
        endings = {'.py': 'source.python', '.json': 'source.json', '.env': 'source.env'}
        return next((endings[each] for each in endings if (self._file or '').endswith(each)), 'text.plain')

    def syntax(self) -> Any:
        import sublime

        return sublime.Syntax('', self._scope(), False, self._scope())

    def scope_name(self, point: int) -> str:
        return self._scope()

    def add_phantom(self, key: str, region: Region, html: str, layout: int, on_navigate: Any = None) -> int:
        number = next(View.count)
        self._phantoms[number] = region
        return number

    def erase_phantom_by_id(self, number: int) -> None:
        self._phantoms.pop(number, None)

    def query_phantom(self, number: int) -> list[Region]:
        return self.query_phantoms([number])

    def query_phantoms(self, numbers: list[int]) -> list[Region]:
        return [self._phantoms.get(each, Region(-1)) for each in numbers]

    def add_regions(self, key: str, regions: list[Region], *args: Any, annotations: Any = (), **how: Any) -> None:
        self._regions[key], self.annotations[key] = list(regions), list(annotations)

    def get_regions(self, key: str) -> list[Region]:
        return self._regions.get(key, [])

    def erase_regions(self, key: str) -> None:
        self._regions.pop(key, None)
        self.annotations.pop(key, None)

    def viewport_extent(self) -> tuple[float, float]:
        return 800.0, 600.0

    def layout_extent(self) -> tuple[float, float]:
        return 800.0, 600.0

    def viewport_position(self) -> tuple[float, float]:
        return 0.0, 0.0

    def text_to_layout(self, point: int) -> tuple[float, float]:
        row, column = self.rowcol(point)
        return column * 8.0, row * 16.0

    def em_width(self) -> float:
        return 8.0

    def style(self) -> dict[str, str]:
        return {'background': '#ffffff', 'foreground': '#000000'}

    def style_for_scope(self, scope: str) -> dict[str, Any]:
        source: dict[str, Any] = {'source_line': 0, 'source_column': 0, 'source_file': ''}
        return dict(source, **self.style())

    def visible_region(self) -> Region:
        return Region(0, self.size())

    def split_by_newlines(self, region: Region) -> list[Region]:
        return self.lines(region)

    def lines(self, region: Region) -> list[Region]:
        ends = [found.end() for found in re.finditer(r'\n', self.text[region.begin() : region.end()])]
        return [self.line(region.begin() + each) for each in [0] + ends]

    def run_command(self, name: str, args: Any = None) -> None:
        import sublime_plugin

        if name == 'append':
            self.text += args['characters']
        else:
            sublime_plugin.run_text_command(self, name, args or {})
