"""The configurations of launch.json in Debugger's own list, which is otherwise made from the .sublime-project."""
from __future__ import annotations

from typing import Any

import sublime

from . import debug_adapter, refusal

OURS = ('debugpy', 'python')
"""Types of configurations that the server starts."""
CHOSEN = 'launch_ls.configuration'
"""The window's setting with the name of the configuration that Debugger starts."""

_items: dict[int, list[dict[str, Any]]] = {}
"""Window → what its launch.json files have."""
_is_over = False
"""The package is unloaded; an answer may still come."""
_hooks: dict[int, tuple[Any, Any]] = {}
"""Window → Debugger's project, and what we hang on it."""


def keep(window: sublime.Window, items: list[dict[str, Any]]) -> None:
    """`debug/configurations` were answered: Debugger gets the list now, or when it is opened."""
    if _is_over:
        return
    _items[window.id()] = [item for item in items if not item['hidden'] and is_ours(item)]
    if debug_adapter.is_loaded():
        offer(window)


def is_ours(item: dict[str, Any]) -> bool:
    return item['kind'] == 'compound' or item['type'] in OURS


def params(item: dict[str, Any]) -> dict[str, Any]:
    """StartDebugParams of what was chosen; what belongs to all folders has none."""
    named = {'configuration': item['name']}
    return dict(named, folder=item['folder']) if item['folder'] else named


def offer(window: sublime.Window, create: bool = False) -> None:
    """Puts the window's configurations into the list of its Debugger, and keeps them there when it reads its own."""
    has_items = _items.get(window.id()) is not None
    debugger = debug_adapter.debugger_of(window, create) if has_items else None
    if debugger is None:
        return
    project = debugger.project

    def updated() -> None:  # an answer that is true would keep others from hearing of it
        merge(window, project)

    if _hooks.get(window.id(), (None, None))[0] is not project:
        _hooks[window.id()] = (project, project.on_updated.add(updated))
    if merge(window, project):
        project.on_updated()


def merge(window: sublime.Window, project: Any) -> bool:
    """True when the list or the choice has changed."""
    ours = [
        debug_adapter.configuration(item['name'], params(item), refusal.place(item)) for item in _items[window.id()]
    ]
    before = [each.id_ish for each in project.configurations], project.configuration_or_compound
    project.configurations = own(project) + ours
    chosen = project.configuration_or_compound
    if chosen is None or 'start' in getattr(chosen, 'keys', tuple)():
        wanted = chosen.name if chosen else window.settings().get(CHOSEN)
        same = [each for each in ours if each.name == wanted]
        project.configuration_or_compound = (same + ours + [None])[0]
    if project.configuration_or_compound in ours:
        window.settings().set(CHOSEN, project.configuration_or_compound.name)
    return before != ([each.id_ish for each in project.configurations], project.configuration_or_compound)


def own(project: Any) -> list[Any]:
    """What is not ours."""
    return [each for each in project.configurations if 'start' not in each]


def take_back() -> None:
    """Debugger's lists are as they were without us."""
    global _is_over
    _is_over = True
    for project, hook in _hooks.values():
        hook.dispose()
        project.configurations = own(project)
        if 'start' in getattr(project.configuration_or_compound, 'keys', tuple)():
            project.configuration_or_compound = None
        project.on_updated()
    _hooks.clear()


def forget(window: sublime.Window) -> None:
    for kept in _items, _hooks:
        kept.pop(window.id(), None)
