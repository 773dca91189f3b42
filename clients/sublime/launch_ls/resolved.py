"""The page of "Show What a Configuration Means": its values, and where each of them comes from."""
from __future__ import annotations

import json
from typing import Any

import sublime

from . import refusal

SEVERITY = {1: 'error', 2: 'warning', 3: 'info', 4: 'hint'}


def show(window: sublime.Window, result: dict[str, Any]) -> None:
    view = window.new_file()
    view.set_name('launch-ls: ' + ', '.join(item['name'] for item in result['items']))
    view.set_scratch(True)
    view.assign_syntax('scope:source.json')
    lines = [line for item in result['items'] for line in page(item)]
    view.run_command('append', {'characters': '\n'.join(lines) + '\n'})
    view.set_read_only(True)


def page(item: dict[str, Any]) -> list[str]:
    """The lines for a ResolvedConfiguration of PROTOCOL.md."""
    lines = ['// ' + item['name']]
    interpreter = item.get('interpreter')
    if interpreter:
        lines.append('// runs with {path} ({reason})'.format(**interpreter))
    for problem in item['problems']:
        lines.append('// {}: {}{}'.format(SEVERITY[problem['severity']], problem['message'], place(problem)))
    origins = {tuple(origin['path']): place(origin) or ' ({kind})'.format(**origin) for origin in item['origins']}
    write(lines, '', item['configuration'], (), origins, '')
    return lines


def place(thing: dict[str, Any]) -> str:
    where = refusal.place({'data': thing})
    return ' ({}:{})'.format(where[0], where[1]) if where else ''


def write(lines: list[str], before: str, value: Any, path: tuple[Any, ...], origins: dict[Any, str], end: str) -> None:
    """Appends a JSON value; its first line continues `before`, its last one has `end`."""
    note = '  //' + origins[path] if path in origins else ''
    if not value or not isinstance(value, (dict, list)):
        lines.append(before + json.dumps(value, ensure_ascii=False) + end + note)
        return
    indent = before[: len(before) - len(before.lstrip())]
    items = sorted(value.items()) if isinstance(value, dict) else list(enumerate(value))
    opening, closing = ('{', '}') if isinstance(value, dict) else ('[', ']')
    lines.append(before + opening + note)
    for index, (key, inner) in enumerate(items):
        label = json.dumps(key, ensure_ascii=False) + ': ' if isinstance(value, dict) else ''
        comma = ',' if index < len(items) - 1 else ''
        write(lines, indent + '  ' + label, inner, path + (key,), origins, comma)
    lines.append(indent + closing + end)
