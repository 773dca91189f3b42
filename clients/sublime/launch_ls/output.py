"""The output of tasks, in a panel that one opens or a failure does."""
from __future__ import annotations

import re

import sublime

PANEL = 'launch-ls'
COLOURS = re.compile(r'\x1b\[[\d;?]*[A-Za-z]')


def plain(text: str) -> str:
    return COLOURS.sub('', text).replace('\r', '')


def append(window: sublime.Window, text: str) -> None:
    """Text as it came: any part of a line, with colours."""
    view = window.find_output_panel(PANEL) or window.create_output_panel(PANEL)
    view.run_command('append', {'characters': plain(text), 'force': True, 'scroll_to_end': True})


def show(window: sublime.Window) -> None:
    if window.find_output_panel(PANEL) is None:
        window.create_output_panel(PANEL)
    window.run_command('show_panel', {'panel': 'output.' + PANEL})
