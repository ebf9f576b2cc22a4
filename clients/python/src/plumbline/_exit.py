from __future__ import annotations

import atexit
import os
import sys
import weakref
from typing import Any, Callable


def close_at_exit(close: Callable[[], object]) -> Callable[[], None]:
    """Has ``close`` called when the interpreter ends; returns what takes that back."""
    atexit.register(close)
    return lambda: atexit.unregister(close)


def close_with_child(close: Callable[[], object]) -> None:
    """A child of multiprocessing ends without ``atexit``: has ``close`` called where it cleans up."""
    processes = sys.modules.get("multiprocessing.process")
    if processes is not None and processes.parent_process() is not None:
        from multiprocessing import util

        util.Finalize(None, close, exitpriority=10)


def after_fork(owner: Any, restart: Callable[[Any], None]) -> None:
    """Has ``restart(owner)`` called in every forked child for as long as ``owner`` lives."""
    reference = weakref.ref(owner)

    def run() -> None:
        alive = reference()
        if alive is not None:
            restart(alive)

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=run)
