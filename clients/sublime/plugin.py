"""launch-ls for Sublime Text: the language client and the commands. The package Debugger shows the sessions."""
from __future__ import annotations

import sys
from typing import Any

import sublime
import sublime_plugin
from LSP.plugin import (
    IsApplicableContext,
    LspPlugin,
    OnPreStartContext,
    PluginStartError,
    Promise,
    command_handler,
    notification_handler,
    request_handler,
)

# Package Control reloads this file only: what it imports has to be loaded anew with it.
for _module in [name for name in sys.modules if name.startswith(__name__.rpartition('.')[0] + '.launch_ls')]:
    del sys.modules[_module]

from .launch_ls import debug_adapter, editor, listing, output, prompts, refusal, resolved, server  # noqa: E402


def plugin_loaded() -> None:
    LspLaunchLs.register()


def plugin_unloaded() -> None:
    LspLaunchLs.unregister()
    listing.take_back()
    debug_adapter.unregister()


class LspLaunchLs(LspPlugin):
    @classmethod
    def is_applicable_async(cls, context: IsApplicableContext) -> bool:
        return server.concerns(context.view)

    @classmethod
    def on_pre_start_async(cls, context: OnPreStartContext) -> None:
        command = server.command(context.configuration.command)
        if command is None:
            raise PluginStartError(server.INSTALL)
        context.configuration.command = command

    def on_initialized_async(self) -> None:
        self._list()

    def on_session_end_async(self, exit_code: int | None, exception: Exception | None) -> None:
        server.forget(self.weaksession())

    @request_handler('debug/prompt')
    def on_prompt(self, params: Any) -> Promise[Any]:
        window = self._window()
        if window is None:
            return Promise.resolve(None)
        alive = window
        # An answer is sent from LSP's thread.
        return Promise(
            lambda resolve: prompts.ask(
                alive, params, lambda value: sublime.set_timeout_async(lambda: resolve(value))
            )
        )

    @notification_handler('debug/output')
    def on_output(self, params: Any) -> None:
        window = self._window()
        if window is not None:
            output.append(window, params['text'])

    @notification_handler('debug/didChangeConfigurations')
    def on_configurations(self, params: Any) -> None:
        self._list()

    @notification_handler('debug/didChangeSession')
    def on_session(self, params: Any) -> None:
        window = self._window()
        if window is not None and params['state'] == 'ended' and params.get('reason'):
            window.status_message('launch-ls: ' + params['reason'])

    @command_handler('launch-ls.start')
    def on_start(self, arguments: Any) -> Promise[None]:
        window = self._window()
        if window is not None:
            params = dict(arguments[0])
            no_debug = params.pop('noDebug', False)
            alive = window
            sublime.set_timeout(lambda: debug_adapter.start(alive, params, no_debug))
        return Promise.resolve(None)

    def _window(self) -> sublime.Window | None:
        session = self.weaksession()
        return session.window if session else None

    def _list(self) -> None:
        window = self._window()
        if window is not None:
            alive = window
            server.request(
                alive,
                'debug/configurations',
                {},
                lambda result: listing.keep(alive, result['items']),
                lambda error: alive.status_message(refusal.text(error)),
            )


class NamedCommand(sublime_plugin.WindowCommand):
    """A command for a configuration or compound, which the user picks when no name is given."""

    title = ''

    def run(self, name: str | None = None) -> None:
        if name is not None:
            self.use({'configuration': name})
        else:
            server.request(self.window, 'debug/configurations', {}, self.pick, self.refused)

    def pick(self, result: Any) -> None:
        items = [item for item in result['items'] if not item['hidden']]
        if not items:
            self.window.status_message('launch-ls: there is no configuration; "New Configuration" makes one')
            return
        kinds = ['compound' if item['kind'] == 'compound' else item['type'] for item in items]
        rows = [sublime.QuickPanelItem(item['name'], annotation=kind) for item, kind in zip(items, kinds)]
        prompts.choose(
            self.window, rows, lambda index: self.use(listing.params(items[index])) if index >= 0 else None, self.title
        )

    def refused(self, error: Any) -> None:
        refusal.show(self.window, error)

    def use(self, params: dict[str, Any]) -> None:
        """Of StartDebugParams what tells which one is meant."""
        raise NotImplementedError


class LaunchLsDebugCommand(NamedCommand):
    title = 'Debug'

    def use(self, params: dict[str, Any]) -> None:
        debug_adapter.start(self.window, params, no_debug=False)


class LaunchLsRunCommand(NamedCommand):
    title = 'Run without debugging'

    def use(self, params: dict[str, Any]) -> None:
        debug_adapter.start(self.window, params, no_debug=True)


class LaunchLsResolveCommand(NamedCommand):
    title = 'Show what a configuration means'
    reveal = False

    def run(self, name: str | None = None, reveal: bool = False) -> None:
        self.reveal = reveal
        super().run(name)

    def use(self, params: dict[str, Any]) -> None:
        params = dict(params, editor=editor.state(self.window), reveal=self.reveal)
        show = resolved.show
        server.request(self.window, 'debug/resolve', params, lambda result: show(self.window, result), self.refused)


class LaunchLsRestartCommand(sublime_plugin.WindowCommand):
    def run(self) -> None:
        debug_adapter.restart(self.window)


class LaunchLsStopCommand(sublime_plugin.WindowCommand):
    def run(self, everything: bool = False) -> None:
        debug_adapter.stop(self.window, everything)


class LaunchLsNewConfigurationCommand(sublime_plugin.WindowCommand):
    def run(self) -> None:
        window = self.window
        server.request(
            window, 'debug/newConfigurations', {}, self.pick, lambda error: refusal.show(window, error)
        )

    def pick(self, items: Any) -> None:
        rows = [sublime.QuickPanelItem(item['label'], item['detail']) for item in items]
        prompts.choose(
            self.window, rows, lambda index: self.add(items[index]) if index >= 0 else None, 'New configuration'
        )

    def add(self, item: Any) -> None:
        session = server.session_in(self.window)
        if session is not None:
            alive = session
            sublime.set_timeout_async(lambda: alive.apply_workspace_edit_async(item['edit']))


class LaunchLsOutputCommand(sublime_plugin.WindowCommand):
    def run(self) -> None:
        output.show(self.window)


class LaunchLsListener(sublime_plugin.EventListener):
    """Debugger's list of configurations has ours before it is shown."""

    def on_window_command(self, window: sublime.Window, name: str, args: dict[str, Any] | None) -> None:
        if name == 'debugger' and debug_adapter.is_loaded():
            listing.offer(window, create=(args or {}).get('action') == 'change_configuration')

    def on_post_window_command(self, window: sublime.Window, name: str, args: dict[str, Any] | None) -> None:
        if name == 'debugger' and debug_adapter.is_loaded():
            listing.offer(window)

    def on_pre_close_window(self, window: sublime.Window) -> None:
        debug_adapter.forget(window)
        listing.forget(window)
