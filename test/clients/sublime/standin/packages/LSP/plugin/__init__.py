"""Stands in for the package LSP: what our package uses of it, with a real language server behind it."""
from __future__ import annotations

import json
import os
import subprocess
import threading
import urllib.parse
import urllib.request
import weakref
from typing import Any, Callable, Generic, Iterator, TypeVar

import sublime
import sublime_plugin

T = TypeVar('T')
F = TypeVar('F', bound=Callable[..., Any])
P = TypeVar('P')
R = TypeVar('R')

sessions: list[Session] = []


class PluginStartError(Exception): ...


class Promise(Generic[T]):
    def __init__(self, executor: Callable[[Callable[[T], None]], None]) -> None:
        self.values: list[Any] = []
        self.callbacks: list[Callable[[Any], Any]] = []
        executor(self._resolve)

    @staticmethod
    def resolve(value: Any) -> Promise[Any]:
        return Promise(lambda use: use(value))

    def then(self, use: Callable[[T], Any]) -> Promise[Any]:
        if self.values:
            use(self.values[0])
        else:
            self.callbacks.append(use)
        return self

    def _resolve(self, value: T) -> None:
        self.values.append(value)
        for use in self.callbacks:
            use(value)


class Request(Generic[P, R]):
    def __init__(
        self, method: str, params: Any = None, view: sublime.View | None = None, progress: bool = False
    ) -> None:
        self.method, self.params, self.view, self.progress = method, params, view, progress


class Notification(Generic[P]):
    def __init__(self, method: str, params: Any = None) -> None:
        self.method, self.params = method, params


class WorkspaceFolder:
    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path


class ClientConfig:
    command: list[str]


class IsApplicableContext:
    configuration: ClientConfig
    view: sublime.View
    workspace_folders: list[WorkspaceFolder]


class OnPreStartContext:
    configuration: ClientConfig
    variables: dict[str, str]
    view: sublime.View
    working_directory: str | None
    workspace_folders: list[WorkspaceFolder]


def _marked(kind: str, name: str) -> Callable[[F], F]:
    def mark(method: F) -> F:
        setattr(method, 'handles', (kind, name))
        return method

    return mark


def request_handler(method: str) -> Callable[[F], F]:
    return _marked('request', method)


def notification_handler(method: str) -> Callable[[F], F]:
    return _marked('notification', method)


def command_handler(command_name: str) -> Callable[[F], F]:
    return _marked('command', command_name)


class LspPlugin:
    def __init__(self, weaksession: weakref.ref[Session]) -> None:
        self.weaksession = weaksession

    @classmethod
    def register(cls) -> None: ...

    @classmethod
    def unregister(cls) -> None: ...

    @classmethod
    def is_applicable_async(cls, context: IsApplicableContext) -> bool:
        raise NotImplementedError

    @classmethod
    def on_pre_start_async(cls, context: OnPreStartContext) -> None: ...

    def on_initialized_async(self) -> None: ...

    def on_session_end_async(self, exit_code: int | None, exception: Exception | None) -> None: ...


class Session:
    def __init__(self, window: sublime.Window, name: str, plugin: type[LspPlugin], command: list[str]) -> None:
        self.window, self.name = window, name
        self.waiting: dict[int, tuple[Callable[[Any], None], Callable[[Any], None]]] = {}
        self.count = 0
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.plugin = plugin(weakref.ref(self))
        self.threads = threading.Thread(target=self._read, daemon=True)
        self.threads.start()

    def get_workspace_folders(self) -> list[WorkspaceFolder]:
        return [WorkspaceFolder(os.path.basename(folder), folder) for folder in self.window.folders()]

    def send_request_async(
        self, request: Request[Any, Any], on_result: Callable[[Any], None], on_error: Callable[[Any], None] | None = None
    ) -> int:
        self.count += 1
        self.waiting[self.count] = (on_result, on_error or (lambda error: None))
        params = request.params
        if request.progress:
            params = dict(params, workDoneToken='work-{}'.format(self.count))
        self._send({'id': self.count, 'method': request.method, 'params': params})
        return self.count

    def cancel_request_async(self, request_id: int) -> None:
        if request_id in self.waiting:
            self.send_notification(Notification('$/cancelRequest', {'id': request_id}))
            self.waiting.pop(request_id)[1]({'code': -32800, 'message': 'Request canceled by client'})

    def send_notification(self, notification: Notification[Any]) -> None:
        self._send({'method': notification.method, 'params': notification.params})

    def apply_workspace_edit_async(self, edit: Any) -> Promise[Any]:
        for change in edit.get('documentChanges') or []:
            if change.get('kind') != 'create':
                _, file = parse_uri(change['textDocument']['uri'])
                for each in change['edits']:
                    _insert(file, each)
        return Promise.resolve(None)

    def execute_command(self, command: dict[str, Any]) -> Promise[Any]:
        answer: Promise[Any] = self._handler('command', command['command'])(command['arguments'])
        return answer

    def end_async(self) -> None:
        sessions.remove(self)
        self.plugin.on_session_end_async(None, None)
        self.send_request_async(Request('shutdown'), lambda _: self.send_notification(Notification('exit')))

    def _handler(self, kind: str, name: str) -> Any:
        for method in [getattr(self.plugin, each) for each in dir(type(self.plugin))]:
            if getattr(method, 'handles', None) == (kind, name):
                return method
        return None

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(dict(message, jsonrpc='2.0')).encode()
        assert self.process.stdin
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n%s' % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        for message in messages(self.process.stdout):
            sublime.set_timeout_async(lambda message=message: self._receive(message))  # type: ignore[misc]

    def _receive(self, message: dict[str, Any]) -> None:
        method, identity = message.get('method'), message.get('id')
        if method is None:
            on_result, on_error = self.waiting.pop(message['id'], (lambda _: None, lambda _: None))
            on_error(message['error']) if 'error' in message else on_result(message['result'])
        elif identity is None:
            handler = self._handler('notification', method)
            if handler:
                handler(message['params'])
        else:
            handler = self._handler('request', method)
            if handler:
                handler(message['params']).then(lambda value: self._send({'id': identity, 'result': value}))
            else:
                empty = [None for _ in message['params']['items']] if method == 'workspace/configuration' else None
                self._send({'id': identity, 'result': empty})


class LspWindowCommand(sublime_plugin.WindowCommand):
    session_name = ''

    def session(self) -> Session | None:
        return next(self.sessions(), None)

    def sessions(self) -> Iterator[Session]:
        return (each for each in sessions if each.window is self.window and each.name == self.session_name)


def filename_to_uri(file: str) -> str:
    return 'file://' + urllib.request.pathname2url(file)


def parse_uri(uri: str) -> tuple[str, str]:
    parts = urllib.parse.urlparse(uri)
    return parts.scheme, urllib.request.url2pathname(parts.path)


def messages(stream: Any) -> Iterator[dict[str, Any]]:
    """The messages of a stream with LSP's and DAP's framing."""
    while True:
        line = stream.readline()
        if not line:
            return
        stream.readline()
        yield json.loads(stream.read(int(line.split(b':')[1])))


def _insert(file: str, edit: Any) -> None:
    os.makedirs(os.path.dirname(file), exist_ok=True)
    old = open(file).read() if os.path.exists(file) else ''
    view = sublime.View(None, text=old)  # type: ignore
    start, end = (view.text_point(edit['range'][each]['line'], edit['range'][each]['character']) for each in ('start', 'end'))
    with open(file, 'w') as opened:
        opened.write(old[:start] + edit['newText'] + old[end:])
