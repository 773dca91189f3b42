"""The rest of Sublime Text's names, for packages that are not ours: from LSP's stubs, which are executed here."""
from __future__ import annotations

import re
import sys
import types
from typing import Any


def complete(name: str, stub: str) -> None:
    """Gives a module, and its classes, what it lacks of the stub; a method from there does nothing."""
    with open(stub, encoding='utf-8') as file:
        text = file.read()
    module, found = sys.modules[name], types.ModuleType(name)
    source = 'from __future__ import annotations\n' + text.replace('from __future__ import annotations', '')
    exec(compile(source, stub, 'exec'), found.__dict__)
    for kind in re.findall(r'^(KIND_[A-Z]+):', text, re.MULTILINE):
        setattr(found, kind, (getattr(found.KindId, kind[5:], 0), kind[5], kind[5:]))
    for key, value in vars(found).items():
        if key.startswith('__'):
            continue
        if not hasattr(module, key):
            setattr(module, key, value)
        elif isinstance(value, type):
            ours = getattr(module, key)
            for member, method in vars(value).items():
                if not member.startswith('__') and not hasattr(ours, member):
                    setattr(ours, member, method)


class Anything:
    """Can be called, iterated (empty), tested (false) and asked for any attribute."""

    def __init__(self, *args: Any, **named: Any) -> None: ...

    def __call__(self, *args: Any, **named: Any) -> Anything:
        return Anything()

    def __iter__(self) -> Any:
        return iter(())

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> Any:
        if name.startswith('__'):
            raise AttributeError(name)
        return Anything()


class Absent(types.ModuleType):
    """A module that nothing of a test depends on."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith('__'):
            raise AttributeError(name)
        value: Any = type(name, (Anything,), {}) if name[0].isupper() else Anything()
        setattr(self, name, value)
        return value
