"""What the editor shows right now: the server needs it for variables such as the current file."""
from __future__ import annotations

from typing import Any

import sublime


def shown(window: sublime.Window) -> sublime.View | None:
    """The file that is looked at, also while a panel, such as Debugger's console, has the focus."""
    view = window.active_view()
    return view if view and view.element() is None else window.active_view_in_group(window.active_group())


def state(window: sublime.Window) -> dict[str, Any]:
    """EditorState of PROTOCOL.md; empty without a file. The server has Sublime's environment already."""
    view = shown(window)
    file = view.file_name() if view else None
    if view is None or not file:
        return {}
    result: dict[str, Any] = {'file': file}
    selection = view.sel()
    if len(selection) > 0:
        row, _ = view.rowcol(selection[0].b)
        start = view.text_point(row, 0)
        column = len(view.substr(sublime.Region(start, selection[0].b)).encode('utf-16-le')) // 2
        result.update(line=row + 1, column=column + 1)
        if not selection[0].empty():
            result['selectedText'] = view.substr(selection[0])
    return result
