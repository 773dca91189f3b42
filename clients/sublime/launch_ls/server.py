"""The language server: how it is started, which files concern it, and requests to it."""
from __future__ import annotations

import os
import shutil
from typing import Any, Callable

import sublime
from LSP.plugin import LspWindowCommand, Notification, Request, Session, filename_to_uri

from . import editor

NAME = 'LSP-launch-ls'
INSTALL = 'launch-ls is not found: npm install --global launch-ls, or set "command" in its settings'
NO_SESSION = 'launch-ls does not run in this window: open a Python file below a folder with a .vscode/launch.json'
OLD = "launch-ls is too old: it does not know '{}'. Update it: npm install --global launch-ls"
METHOD_NOT_FOUND = -32601
"""Of JSON-RPC."""

Answer = Callable[[Any], None]


def command(wanted: list[str]) -> list[str] | None:
    """What starts the server: `wanted` when it can be run, else the bundle beside a checkout. None: not to be found."""
    if wanted and shutil.which(wanted[0]):
        return wanted
    here = os.path.realpath(__file__)
    bundle = os.path.join(here, '..', '..', '..', '..', 'out', 'launch-ls.cjs')
    return ['node', os.path.normpath(bundle), '--stdio'] if os.path.isfile(os.path.normpath(bundle)) else None


def root_of(file: str | None) -> str | None:
    """The nearest folder at or above the file that has a .vscode/launch.json."""
    folder = os.path.dirname(file) if file else ''
    while folder:
        if os.path.isfile(os.path.join(folder, '.vscode', 'launch.json')):
            return folder
        above = os.path.dirname(folder)
        folder = above if above != folder else ''
    return None


def concerns(view: sublime.View) -> bool:
    """Whether the server has something to say about the view. launch.json is opened as plain JSON: its name decides."""
    file = view.file_name()
    if not file:
        return False
    name = os.path.basename(file)
    if name in ('launch.json', 'tasks.json') or name.endswith('.code-workspace'):
        return True
    is_ours = name.startswith('.env') or name.endswith('.env') or view.match_selector(0, 'source.python')
    return is_ours and root_of(file) is not None


def session_in(window: sublime.Window) -> Session | None:
    lsp = LspWindowCommand(window)
    lsp.session_name = NAME
    return lsp.session()


def folder_in(window: sublime.Window) -> str | None:
    """The folder to work in: that of the active file, else the window's first one with a launch.json."""
    view = editor.shown(window)
    nearest = root_of(view.file_name() if view else None)
    folders = window.folders()
    with_launch = [folder for folder in folders if root_of(os.path.join(folder, 'x')) == folder]
    return nearest or (with_launch + folders + [None])[0]


def folder_param(window: sublime.Window, session: Session) -> dict[str, str]:
    """`folder` of a request. A folder that the window does not have open is told to the server first."""
    folder = folder_in(window)
    if folder is None:
        return {}
    uri = filename_to_uri(folder)
    told = _told.setdefault(id(session), set())
    known = {each.path for each in session.get_workspace_folders()}
    if folder not in known and uri not in told:
        told.add(uri)
        added = [{'uri': uri, 'name': os.path.basename(folder)}]
        params: Any = {'event': {'added': added, 'removed': []}}
        session.send_notification(Notification('workspace/didChangeWorkspaceFolders', params))
    return {'folder': uri}


def forget(session: Session | None) -> None:
    _told.pop(id(session), None)


_told: dict[int, set[str]] = {}


def request(
    window: sublime.Window, method: str, params: dict[str, Any], on_answer: Answer, on_error: Answer
) -> Callable[[], None]:
    """Sends a request from any thread; the answer comes on the main one. What is returned cancels it."""
    session = session_in(window)
    if session is None:
        sublime.set_timeout(lambda: on_error({'message': NO_SESSION}))
        return lambda: None
    alive = session
    sent: list[int] = []

    def failed(error: Any) -> None:
        on_error({'message': OLD.format(method)} if error.get('code') == METHOD_NOT_FOUND else error)

    def send() -> None:
        full = dict(folder_param(window, alive), **params)
        made: Request[Any, Any] = Request(method, full, progress=method == 'startDebug')
        sent.append(alive.send_request_async(made, later(on_answer), later(failed)))

    def cancel() -> None:
        for each in sent:
            alive.cancel_request_async(each)

    sublime.set_timeout_async(send)
    return lambda: sublime.set_timeout_async(cancel)


def later(use: Answer) -> Answer:
    return lambda value: sublime.set_timeout(lambda: use(value))
