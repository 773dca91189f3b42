"""Why a request was refused, and what helps."""
from __future__ import annotations

from typing import Any, Tuple

import sublime
from LSP.plugin import parse_uri

from . import output as panel


def text(error: dict[str, Any]) -> str:
    """All that the server says of it: StartError of PROTOCOL.md, or another error of the language server."""
    data = error.get('data') or error
    lines = [data.get('message') or str(error)]
    lines += ['  tried ' + tried for tried in data.get('tried') or []]
    if data.get('remedy'):
        lines.append(data['remedy'])
    return '\n'.join(lines)


Place = Tuple[str, int, int]
"""File, line and column (from 1)."""


def place(error: dict[str, Any]) -> Place | None:
    location = (error.get('data') or error).get('location')
    if not location:
        return None
    _, file = parse_uri(location['uri'])
    start = location['range']['start']
    return file, start['line'] + 1, start['character'] + 1


def is_cancelled(error: dict[str, Any]) -> bool:
    return bool((error.get('data') or {}).get('kind') == 'cancelled' or error.get('code') == CANCELLED)


CANCELLED = -32800
"""RequestCancelled of LSP: the user stopped the start."""


def output(error: dict[str, Any]) -> str:
    """The last lines of what failed."""
    return panel.plain((error.get('data') or {}).get('output') or '')


def show(window: sublime.Window, error: dict[str, Any]) -> None:
    """A dialog, with a button that goes to the place in launch.json."""
    if is_cancelled(error):
        return
    where = place(error)
    if where is None:
        sublime.error_message(text(error))
    elif sublime.ok_cancel_dialog(text(error), 'Go to launch.json', 'launch-ls'):
        go(window, where)


def go(window: sublime.Window, where: Place) -> None:
    window.open_file('{}:{}:{}'.format(*where), sublime.ENCODED_POSITION)
