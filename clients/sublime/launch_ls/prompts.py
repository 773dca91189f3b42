"""The server's questions: a quick panel for a choice, an input panel for a text."""
from __future__ import annotations

from typing import Any, Callable

import sublime

Answered = Callable[[Any], None]


def ask(window: sublime.Window, params: dict[str, Any], answered: Answered) -> None:
    """Shows `debug/prompt`; `answered` gets what the server wants to hear, None for a cancelled one."""
    show = pick if params['kind'] == 'pick' else text
    sublime.set_timeout(lambda: show(window, params, answered))


def pick(window: sublime.Window, params: dict[str, Any], answered: Answered) -> None:
    items = params['items']
    values = [item['value'] for item in items]
    choose(
        window,
        [sublime.QuickPanelItem(item['label'], item.get('detail') or '') for item in items],
        lambda index: answered(None if index < 0 else {'value': values[index]}),
        title=params['title'],
        selected=values.index(params['value']) if params.get('value') in values else 0,
    )


def text(window: sublime.Window, params: dict[str, Any], answered: Answered) -> None:
    panel = window.show_input_panel(
        params['title'] + ':',
        params.get('value') or '',
        lambda value: answered({'value': value}),
        None,
        lambda: answered(None),
    )
    if params['password']:
        panel.settings().set('password', True)  # shows dots
    panel.sel().clear()
    panel.sel().add(sublime.Region(0, panel.size()))


def choose(
    window: sublime.Window,
    items: list[sublime.QuickPanelItem],
    chosen: Callable[[int], None],
    title: str,
    selected: int = 0,
) -> None:
    """A quick panel; `chosen` gets -1 when it is left."""
    flags = sublime.KEEP_OPEN_ON_FOCUS_LOST
    window.show_quick_panel(items, chosen, flags, selected, placeholder=title)
