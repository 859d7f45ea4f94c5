"""How far a long piece of work has come, for whoever watches.

The library says how far it is; a command that draws bars listens. Nobody listening costs
nothing, and no function has to hand a callback through.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Listener(Protocol):
    """Told about every step of the work named `task`: `done` of `total` pieces."""

    def __call__(self, task: str, done: int, total: int) -> None:
        """Take note of a step."""


def _silent(task: str, done: int, total: int) -> None:
    del task, done, total


_listener: ContextVar[Listener] = ContextVar("listener", default=_silent)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send what the work within reports to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report(task: str, done: int, total: int) -> None:
    """Say that `done` of `total` pieces of `task` are finished."""
    _listener.get()(task, done, total)
