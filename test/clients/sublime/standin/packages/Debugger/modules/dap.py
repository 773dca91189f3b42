"""Stands in for Debugger's module: configurations, adapters and sessions, with a real debug adapter behind them."""
from __future__ import annotations

import json
import socket
import threading
from typing import Any, ClassVar, Dict

import sublime
from LSP.plugin import messages

from . import core


class Error(Exception):
    def __init__(
        self, message: str, url: str | None = None, label: str | None = None, source: SourceLocation | None = None
    ) -> None:
        super().__init__(message)
        self.source = source


class Source:
    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path


class SourceLocation:
    def __init__(self, source: Source, line: int | None = None, column: int | None = None) -> None:
        self.source, self.line, self.column = source, line, column

    def open_file(self) -> None:
        raise NotImplementedError


class Configuration(Dict[str, Any]):
    def __init__(
        self, name: str, index: int, type: str, request: str, all: dict[str, Any], source: Any = None
    ) -> None:
        super().__init__(all)
        self.name, self.type, self.request, self.source = name, type, request, source
        self.id_ish = 'configuration_{}_{}'.format(name, index)


class ConfigurationExpanded(Configuration):
    def __init__(self, configuration: Configuration, variables: dict[str, Any], json: dict[str, Any]) -> None:
        super().__init__(configuration.name, -1, configuration.type, configuration.request, json)
        self.variables = variables


class Console:
    def __init__(self) -> None:
        self.errors: list[str] = []
        self.notes: list[str] = []

    def log(self, type: str, text: str) -> None:
        self.notes.append(text)

    def info(self, text: str) -> None:
        self.notes.append(text)

    def error(self, text: str, source: Any = None) -> None:
        self.errors.append(text)


class Transport:
    socket: socket.socket
    log: Any

    def on_request(self, request: Any) -> None:
        """The adapter asks something."""
        self.requested(request)

    def requested(self, request: Any) -> None:
        """Set by the session."""

    def send(self, message: dict[str, Any]) -> None: ...

    def send_response(self, request: Any, body: dict[str, Any], error: str | None = None) -> None:
        answer = {'type': 'response', 'request_seq': request['seq'], 'command': request['command'], 'body': body}
        self.send(dict(answer, seq=0, success=error is None, message=error))


class SocketTransport(Transport):
    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), 5)

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self.socket.sendall(b'Content-Length: %d\r\n\r\n%s' % (len(body), body))


class _Registry(type):
    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> Any:
        made = super().__new__(cls, name, bases, members)
        if bases:
            adapter: Any = made()
            Adapter.registered.append(adapter)
            Adapter.registered_types[adapter.type] = adapter
        return made


class Adapter(metaclass=_Registry):
    type: str = ''
    registered: ClassVar[list[Adapter]] = []
    registered_types: ClassVar[dict[str, Adapter]] = {}

    @staticmethod
    def get(type: str) -> Adapter:
        return Adapter.registered_types[type]

    @property
    def configuration_snippets(self) -> list[dict[str, Any]]:
        return []

    async def configuration_resolve(self, configuration: ConfigurationExpanded) -> ConfigurationExpanded:
        return configuration

    async def start(self, console: Console, configuration: ConfigurationExpanded) -> Transport:
        raise NotImplementedError

    async def on_custom_event(self, session: Session, event: str, body: Any) -> None: ...


class Session:
    """Of one adapter; the names are those of Debugger's own."""

    def __init__(
        self, debugger: Any, adapter: Adapter, configuration: ConfigurationExpanded, no_debug: bool, parent: Any
    ) -> None:
        self.debugger, self.adapter, self.configuration = debugger, adapter, configuration
        self.no_debug, self.parent, self.console = no_debug, parent, debugger.console
        self.thread = 0
        self.selected_frame: Any = None
        self.variables: list[Any] = []
        self.transport: Transport | None = None
        self.is_running, self.is_paused, self.is_finished = False, False, False
        self.seq = 0
        self.waiting: dict[int, Any] = {}
        self.launching: Any = None

    async def launch(self) -> None:
        self.launching = core.run(self._launch())
        try:
            await self.launching
        except core.CancelledError:
            pass
        except Exception:
            self.finish()
            raise

    async def _launch(self) -> None:
        self.configuration = await self.adapter.configuration_resolve(self.configuration)
        self.transport = await self.adapter.start(self.console, self.configuration)
        setattr(self.transport, 'requested', self._asked)
        self.transport.log = self.console.log
        threading.Thread(target=self._read, args=(self.transport,), daemon=True).start()
        await self.request(
            'initialize', {'adapterID': self.configuration.type, 'pathFormat': 'path', 'supportsVariableType': True,
                           'supportsRunInTerminalRequest': True}
        )
        if self.no_debug:
            self.configuration['noDebug'] = True
        await self.request(self.configuration.request, self.configuration)
        self.is_running = True

    def request(self, command: str, arguments: Any) -> Any:
        self.seq += 1
        if self.transport is None:
            raise Error('Debugging not started')
        self.waiting[self.seq] = core.Future()
        self.transport.send({'seq': self.seq, 'type': 'request', 'command': command, 'arguments': arguments})
        return self.waiting[self.seq]

    async def refresh_scopes(self, frame: Any) -> None:
        self.variables = (await self.request('scopes', {'frameId': frame['id']}))['scopes']

    async def get_variables(self, reference: int) -> Any:
        return (await self.request('variables', {'variablesReference': reference}))['variables']

    async def resume(self) -> None:
        await self.go('continue')

    def go(self, command: str) -> Any:
        self.is_paused = False
        self.selected_frame = None
        return core.run(self.request(command, {'threadId': self.thread}))

    def finish(self) -> None:
        if not self.is_finished:
            self.is_finished = True
            self.debugger.sessions.remove(self)
            self.debugger.session = (self.debugger.sessions + [None])[0]
            if self.transport:
                self.transport.socket.close()
            if self.launching:
                self.launching.cancel()

    def _read(self, transport: Transport) -> None:
        try:
            for message in messages(transport.socket.makefile('rb')):
                if message['type'] == 'request':
                    transport.on_request(message)
                    continue
                sublime.set_timeout(lambda message=message: self._receive(message))  # type: ignore[misc]
        except OSError:
            pass

    def _asked(self, message: Any) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError('There is no current event loop in this thread')
        arguments = message['arguments']
        terminal = {'cmd': arguments['args'], 'working_dir': arguments['cwd'], 'env': arguments.get('env') or {},
                    'panel_name': arguments.get('title') or 'Untitled'}
        self.debugger.window.run_command('terminus_open', terminal)
        assert self.transport
        self.transport.send_response(message, {})

    def _receive(self, message: Any) -> None:
        if message['type'] == 'response':
            waiting = self.waiting.pop(message['request_seq'])
            if waiting.done():
                pass
            elif message['success']:
                waiting.set_result(message.get('body', {}))
            else:
                waiting.set_exception(Error(message['message']))
        elif message['type'] == 'event':
            core.run(self._event(message['event'], message.get('body', {})))

    async def _event(self, event: str, body: Any) -> None:
        if event == 'initialized':
            for file, each in self.debugger.breakpoints.source.breakpoints_per_file().items():
                breakpoints = [one.as_json() for one in each]
                await self.request('setBreakpoints', {'source': {'path': file}, 'breakpoints': breakpoints})
            await self.request('configurationDone', {})
        elif event == 'stopped':
            self.is_paused, self.thread = True, body['threadId']
            trace = await self.request('stackTrace', {'threadId': self.thread})
            self.selected_frame = frame = trace['stackFrames'][0]
            self.debugger.session = self
            self.debugger.window.open_file(
                '{}:{}:{}'.format(frame['source']['path'], frame['line'], frame['column']), sublime.ENCODED_POSITION
            )
        elif event == 'continued':
            self.is_paused, self.selected_frame = False, None
        elif event == 'output' and body.get('category') in ('stdout', 'console', None):
            self.debugger.output += body['output']
        elif event == 'terminated':
            self.finish()
        elif event not in ('capabilities', 'process', 'thread', 'module', 'exited', 'output'):
            await self.adapter.on_custom_event(self, event, body)
