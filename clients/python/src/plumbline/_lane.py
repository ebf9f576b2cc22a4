from __future__ import annotations

from collections import deque
from typing import Deque, List

from ._options import Options
from ._plan import BatchPlan, QueuedRow, plan_batch


class Lane:
    """The rows of one kind on their way, in the order they were logged. Guarded by its owner's lock."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.rows: Deque[QueuedRow] = deque()
        self._pushed = 0
        self._settled = 0
        self._flush_through = 0

    def push(self, row: QueuedRow) -> None:
        self.rows.append(row)
        self._pushed += 1

    def take(self, count: int) -> List[QueuedRow]:
        return [self.rows.popleft() for _ in range(count)]

    def settle(self, count: int) -> None:
        self._settled += count

    def flush(self) -> int:
        """Lets what waits go without delay; the mark that ``is_settled`` is asked with."""
        self._flush_through = self._pushed
        return self._pushed

    def is_settled(self, through: int) -> bool:
        return self._settled >= through

    def plan(self, options: Options, now: float) -> BatchPlan:
        return plan_batch(
            self.rows,
            options.max_batch_rows,
            options.max_batch_bytes,
            options.flush_interval,
            now,
            self._settled < self._flush_through,
        )
