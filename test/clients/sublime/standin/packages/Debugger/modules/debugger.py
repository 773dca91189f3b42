"""Stands in for Debugger's module: the part that a window has."""
from __future__ import annotations

from typing import Any, Callable

import sublime
import sublime_plugin

from . import core, dap


class Handle:
    def __init__(self, event: Event, callback: Callable[[], Any]) -> None:
        self.event, self.callback = event, callback

    def dispose(self) -> None:
        if self in self.event.handles:
            self.event.handles.remove(self)


class Event:
    def __init__(self) -> None:
        self.handles: list[Handle] = []

    def add(self, callback: Callable[[], Any]) -> Handle:
        self.handles.append(Handle(self, callback))
        return self.handles[-1]

    def __call__(self) -> None:
        """Whoever answers something true is the last that hears of it."""
        for handle in list(self.handles):
            if handle.callback():
                return


class Project:
    def __init__(self) -> None:
        self.on_updated = Event()
        self.configurations: list[dap.Configuration] = []
        self.configuration_or_compound: dap.Configuration | None = None

    def reload(self) -> None:
        """A .sublime-project was saved: it has this configuration."""
        self.configurations = [dap.Configuration('own', 0, 'lldb', 'launch', {})]
        self.configuration_or_compound = None
        self.on_updated()


class SourceBreakpoint:
    def __init__(self, file: str, line: int) -> None:
        self.file, self.dap = file, self
        self.line, self.condition, self.logMessage = line, None, None

    def as_json(self) -> dict[str, Any]:
        values = {'line': self.line, 'condition': self.condition, 'logMessage': self.logMessage}
        return {name: value for name, value in values.items() if value is not None}


class SourceBreakpoints:
    def __init__(self) -> None:
        self.breakpoints: list[SourceBreakpoint] = []

    def add_breakpoint(self, file: str, line: int, column: int | None) -> SourceBreakpoint:
        self.breakpoints.append(SourceBreakpoint(file, line))
        return self.breakpoints[-1]

    def breakpoints_per_file(self) -> dict[str, list[SourceBreakpoint]]:
        files = sorted({each.file for each in self.breakpoints})
        return {file: [each for each in self.breakpoints if each.file == file] for file in files}


class Breakpoints:
    def __init__(self) -> None:
        self.source = SourceBreakpoints()


class Debugger:
    in_windows: dict[int, Debugger] = {}

    @staticmethod
    def debuggers() -> list[Debugger]:
        return list(Debugger.in_windows.values())

    @staticmethod
    def get(window: sublime.Window, create: bool = False) -> Debugger | None:
        if create and window.id() not in Debugger.in_windows:
            Debugger.in_windows[window.id()] = Debugger(window)
        return Debugger.in_windows.get(window.id())

    def __init__(self, window: sublime.Window) -> None:
        self.window, self.project, self.console = window, Project(), dap.Console()
        self.breakpoints = Breakpoints()
        self.sessions: list[dap.Session] = []
        self.output = ''
        self.session: dap.Session | None = None
        self.project.reload()

    def start_with_configurations(self, configurations: list[dap.Configuration], no_debug: bool) -> Any:
        return core.run(self._start(configurations, no_debug))

    async def _start(self, configurations: list[dap.Configuration], no_debug: bool) -> None:
        for configuration in configurations:
            try:
                expanded = dap.ConfigurationExpanded(configuration, {}, dict(configuration))
                await self.launch(dap.Adapter.get(configuration.type), expanded, no_debug=no_debug)
            except dap.Error as error:
                self.console.error(str(error), error.source)
                if error.source:  # a link, which the user follows
                    error.source.open_file()

    async def launch(
        self, adapter: Any, configuration: Any, restart: Any = None, no_debug: bool = False, parent: Any = None
    ) -> dap.Session:
        for running in list(self.sessions):
            if running.configuration.id_ish == configuration.id_ish:
                running.finish()
        session = dap.Session(self, adapter, configuration, no_debug, parent)
        self.sessions.append(session)
        self.session = session
        await session.launch()
        return session

    def stop(self, session: dap.Session | None = None) -> None:
        stopped = session or self.session
        if stopped is not None and stopped.transport is None:
            stopped.finish()
        elif stopped is not None:
            core.run(stopped.request('disconnect', {'terminateDebuggee': True}))


class DebuggerCommand(sublime_plugin.WindowCommand):
    """The user's commands."""

    def run(self, action: str, **args: Any) -> None:
        debugger = Debugger.get(self.window, create=True)
        assert debugger
        getattr(self, action)(debugger, **args)

    def change_configuration(self, debugger: Debugger) -> None:
        """The rig chooses."""

    def start(self, debugger: Debugger) -> None:
        chosen = debugger.project.configuration_or_compound
        debugger.start_with_configurations([chosen] if chosen else [], False)

    def step_over(self, debugger: Debugger) -> None:
        self.current(debugger).go('next')

    def continue_(self, debugger: Debugger) -> None:
        self.current(debugger).go('continue')

    def current(self, debugger: Debugger) -> dap.Session:
        """The session that was shown last."""
        assert debugger.session
        return debugger.session


setattr(DebuggerCommand, 'continue', DebuggerCommand.continue_)
