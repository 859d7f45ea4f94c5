"""The `yibao` command.

Modules are named for what their commands do; each imports what it needs inside the command, so
that `yibao --help` answers at once.
"""

from yibao.cli.app import main

__all__ = ["main"]
