"""
The bridge to the package Debugger: starts what launch.json has, and connects its sessions to the server's broker.

Debugger has no public interface but its class Adapter. It is looked up again before each use, because Debugger may be
installed later than this package, and drops its modules when it is updated.
"""
from __future__ import annotations

import os
import sys
from typing import Any, Callable

import sublime

from . import editor, output, refusal, server

TYPE = 'launch-ls'
NO_DEBUGGER = 'The package Debugger is not installed: Package Control: Install Package, Debugger'
OLD_DEBUGGER = 'The package Debugger is too old for launch-ls: Package Control: Upgrade Package, Debugger'
NO_TERMINUS = 'The package Terminus is not installed: the program runs in this console instead of a terminal'

_starts: list[dict[str, Any]] = []
"""StartDebugParams of Debugger's configurations of ours, which hold an index: Debugger expands all text in them."""
_endpoints: dict[str, dict[str, Any]] = {}
"""Token → where its session is to be had."""
_pending: dict[int, list[Callable[[], None]]] = {}
"""Window → cancels its starts that have no answer yet."""
_last: dict[int, tuple[dict[str, Any], bool]] = {}


def has_terminal(arguments: dict[str, Any]) -> bool:
    """Whether Debugger can open it. It does not tell when it cannot, and the session would wait for ever."""
    external = sublime.load_settings('Debugger.sublime-settings').get('external_terminal', 'terminus')
    is_own = arguments.get('kind') == 'external' and external == 'platform'
    return is_own or bool(sublime.find_resources('Terminus.sublime-settings'))


def is_loaded() -> bool:
    return missing() is None


def missing() -> str | None:
    """Why there is no debugger."""
    dap = sys.modules.get('Debugger.modules.dap')
    return NO_DEBUGGER if dap is None else None if hasattr(dap, 'Adapter') else OLD_DEBUGGER


def debugger_of(window: sublime.Window, create: bool = False) -> Any:
    """Debugger's part of a window; None when the window has none."""
    from Debugger.modules.debugger import Debugger

    register()
    return Debugger.get(window, create=create)


def start(window: sublime.Window, params: dict[str, Any], no_debug: bool) -> None:
    """Starts what `params` (StartDebugParams, without the editor's state) say."""
    problem = missing()
    if problem is not None:
        sublime.error_message(problem)
        return
    _last[window.id()] = (params, no_debug)
    # Debugger's panels take the focus: after them the file is not known any more.
    started = dict(params, editor=editor.state(window))
    debugger = debugger_of(window, create=True)
    debugger.start_with_configurations([configuration(params['configuration'], started)], no_debug)


def start_last(window: sublime.Window) -> bool:
    if window.id() in _last:
        start(window, *_last[window.id()])
    return window.id() in _last


def restart(window: sublime.Window) -> None:
    """Restarts the session, or starts the last one again. The broker reads launch.json and env files afresh."""
    session = debugger_of(window).session if is_loaded() and debugger_of(window) else None
    if session is None:
        if not start_last(window):
            window.status_message('launch-ls: nothing was started yet')
        return
    from Debugger.modules import core, dap

    async def ask() -> None:
        try:
            await session.request('restart', {})
        except dap.Error as error:
            session.console.error(str(error))

    core.run(ask())


def stop(window: sublime.Window, everything: bool) -> None:
    """Cancels what is starting; else ends the session with its children, or all of them."""
    cancels = _pending.pop(window.id(), [])
    for cancel in cancels:
        cancel()
    debugger = debugger_of(window) if is_loaded() else None
    if debugger and not cancels:
        debugger.stop()
    if everything:
        server.request(window, 'debug/stop', {'all': True}, lambda _: None, lambda _: None)


def configuration(name: str, params: dict[str, Any], where: refusal.Place | None = None) -> Any:
    """What Debugger lists and starts: nothing in it that Debugger could expand."""
    from Debugger.modules import dap

    if params not in _starts:
        _starts.append(params)
    start = _starts.index(params)
    return dap.Configuration(name, start, TYPE, 'launch', {'start': start}, place(where))


def place(where: refusal.Place | None) -> Any:
    """A place that Debugger links to, in its console and in its list of configurations."""
    if where is None:
        return None
    from Debugger.modules import dap

    file, line, column = where

    class Place(dap.SourceLocation):
        def open_file(self) -> None:
            # Debugger's own takes lines from 0, unlike the rest of it.
            refusal.go(sublime.active_window(), (file, line, column))

    return Place(dap.Source(os.path.basename(file), file), line, column)


def forget(window: sublime.Window) -> None:
    for kept in _pending, _last:
        kept.pop(window.id(), None)


def register() -> None:
    """Makes our adapter known to Debugger, unless it is: defining the class does it."""
    from Debugger.modules import core, dap
    from Debugger.modules.debugger import Debugger

    if TYPE in dap.Adapter.registered_types:
        return

    class Connection(dap.SocketTransport):
        has_attached = False

        def send(self, message: Any) -> None:
            # Debugger would end the program.
            if message.get('command') == 'disconnect' and self.has_attached:
                message = dict(message, arguments=dict(message['arguments'], terminateDebuggee=False))
            super().send(message)

        def on_request(self, request: Any) -> None:
            # Debugger calls it where it reads, and it works on the main thread only: runInTerminal ended the session.
            sublime.set_timeout(lambda: self.asked(request))

        def asked(self, request: Any) -> None:
            if request['command'] == 'runInTerminal' and not has_terminal(request['arguments']):
                self.log('warn', NO_TERMINUS)
                self.send_response(request, core.JSON(), NO_TERMINUS)
            else:
                super().on_request(request)

    class LaunchLs(dap.Adapter):
        type = TYPE
        docs = 'https://packagecontrol.io/packages/LSP-launch-ls'

        @property
        def configuration_snippets(self) -> list[dict[str, Any]]:
            body = {'name': 'name in launch.json', 'type': TYPE, 'request': 'launch'}
            return [{'label': 'A configuration of launch.json', 'body': body}]

        async def configuration_resolve(self, configuration: dap.ConfigurationExpanded) -> dap.ConfigurationExpanded:
            if 'token' in configuration:  # a member of a compound
                return configuration
            debugger, session = session_of(configuration)
            params = params_of(configuration)
            window = debugger.window
            params.setdefault('editor', editor.state(window))
            if session.no_debug:
                params['noDebug'] = True
            try:
                result = await start_debug(window, params)
            except Cancelled:
                debugger.stop(session)
                raise core.CancelledError() from None
            except Refused as error:
                # Debugger shows its console, whatever panel is open.
                if error.output:
                    session.console.info(error.output)
                raise
            for refused in result.get('refused') or []:
                session.console.error(refusal.text(refused))
            first, *others = [expanded(each, configuration) for each in unique(result['sessions'])]
            for other in others:
                core.run(launch(debugger, other, session.no_debug, None))
            return first

        async def start(self, console: dap.Console, configuration: dap.ConfigurationExpanded) -> dap.Transport:
            endpoint = configuration.get('connect') or _endpoints.pop(configuration['token'])
            connection = Connection(endpoint['host'], endpoint['port'])
            connection.has_attached = root_of(configuration).request == 'attach'
            return connection

        async def on_custom_event(self, session: dap.Session, event: str, body: Any) -> None:
            if event == 'debugpyAttach':
                await launch(session.debugger, expanded(body, session.configuration), False, session)
            else:
                await super().on_custom_event(session, event, body)

    def root_of(configuration: dap.ConfigurationExpanded) -> Any:
        """The configuration of the session that all this began with."""
        _, session = session_of(configuration)
        while session.parent:
            session = session.parent
        return session.configuration

    def session_of(configuration: dap.ConfigurationExpanded) -> Any:
        pairs = [(debugger, session) for debugger in Debugger.debuggers() for session in debugger.sessions]
        return next(pair for pair in pairs if pair[1].configuration is configuration)

    async def launch(debugger: Any, wanted: dap.ConfigurationExpanded, no_debug: bool, parent: Any) -> None:
        try:
            await debugger.launch(dap.Adapter.get(TYPE), wanted, no_debug=no_debug, parent=parent)
        except dap.Error as error:
            debugger.console.error(str(error))

    async def start_debug(window: sublime.Window, params: dict[str, Any]) -> Any:
        answer: Any = core.Future()

        def refused(error: dict[str, Any]) -> None:
            if not answer.done():
                answer.set_exception(Cancelled() if refusal.is_cancelled(error) else Refused(error))

        def answered(result: Any) -> None:
            if not answer.done():
                answer.set_result(result)

        cancel = server.request(window, 'startDebug', params, answered, refused)
        _pending.setdefault(window.id(), []).append(cancel)
        try:
            return await answer
        except core.CancelledError:
            cancel()
            raise
        finally:
            if cancel in _pending.get(window.id(), []):
                _pending[window.id()].remove(cancel)

    class Refused(dap.Error):
        """Debugger shows it in its console, with a link to the place."""

        def __init__(self, error: dict[str, Any]) -> None:
            super().__init__(refusal.text(error), source=place(refusal.place(error)))
            self.output = refusal.output(error)

    def expanded(stub: dict[str, Any], base: dap.ConfigurationExpanded) -> dap.ConfigurationExpanded:
        plain = dap.Configuration(stub['name'], -1, TYPE, stub['request'], stub)
        return dap.ConfigurationExpanded(plain, base.variables, stub)


class Cancelled(Exception):
    """The user did not want it after all."""


def params_of(configuration: Any) -> dict[str, Any]:
    """Of a configuration that we listed, or of one in a .sublime-project, which names one of launch.json."""
    if 'start' in configuration:
        return dict(_starts[configuration['start']])
    return {'configuration': configuration.name}


def unique(sessions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sessions' stubs. Debugger ends a session when another of its name begins."""
    names: list[str] = []
    stubs = []
    for session in sessions:
        stub = dict(session['configuration'])
        count = names.count(stub['name'])
        names.append(stub['name'])
        _endpoints[stub['token']] = session['endpoint']
        stubs.append(dict(stub, name='{} ({})'.format(stub['name'], count + 1)) if count else stub)
    return stubs


def unregister() -> None:
    """Takes our adapter away from Debugger."""
    if not is_loaded():
        return
    from Debugger.modules import dap

    adapter = dap.Adapter.registered_types.pop(TYPE, None)
    if adapter is not None:
        dap.Adapter.registered.remove(adapter)
