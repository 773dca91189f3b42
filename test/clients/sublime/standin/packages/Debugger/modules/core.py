"""Stands in for Debugger's module: futures and tasks of Sublime's main thread."""
from __future__ import annotations

import asyncio
from asyncio import CancelledError as CancelledError
from typing import Any, Awaitable, Generic, TypeVar

import sublime

T = TypeVar('T')
JSON = dict
loop = asyncio.new_event_loop()
tasks: list[Any] = []


class Future(asyncio.Future, Generic[T]):  # type: ignore[type-arg]
    def __init__(self) -> None:
        super().__init__(loop=loop)


def run(value: Awaitable[Any]) -> Any:
    task = asyncio.ensure_future(value, loop=loop)
    tasks.append(task)
    return task


def _step() -> None:
    loop.call_soon(loop.stop)
    loop.run_forever()


getattr(sublime, 'ticks', []).append(_step)
