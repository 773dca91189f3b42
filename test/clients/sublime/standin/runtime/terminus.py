"""Stands in for the package Terminus, in whose terminals Debugger runs programs: a panel with what a program writes."""
from __future__ import annotations

import os
import pty
import subprocess
import threading
from typing import Any

import sublime
import sublime_plugin


class TerminusOpenCommand(sublime_plugin.WindowCommand):
    def run(self, cmd: list[str], panel_name: str, working_dir: str, env: dict[str, Any], **_: Any) -> None:
        view = self.window.find_output_panel(panel_name) or self.window.create_output_panel(panel_name)
        view.settings().set('terminus_view', True)
        terminal, program = pty.openpty()
        process = subprocess.Popen(
            cmd, cwd=working_dir, env=merged(env), stdin=program, stdout=program, stderr=program, start_new_session=True
        )
        os.close(program)
        threading.Thread(target=show, args=(view, terminal, process), daemon=True).start()


def merged(env: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in dict(os.environ, **env).items() if value is not None}


def show(view: sublime.View, terminal: int, process: Any) -> None:
    try:
        while True:
            text = os.read(terminal, 4096).decode('utf-8', 'replace').replace('\r', '')
            sublime.set_timeout(lambda text=text: view.run_command('append', {'characters': text}))  # type: ignore[misc]
    except OSError:
        os.close(terminal)
        process.wait()
        sublime.set_timeout(lambda: view.settings().set('terminus_view.finished', True))
