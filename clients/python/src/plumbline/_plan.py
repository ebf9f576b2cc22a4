from __future__ import annotations

from typing import Iterable, NamedTuple, Optional


class QueuedRow(NamedTuple):
    """A row as it waits: already JSON, so that what the caller changes afterwards is not sent."""

    json: bytes
    #: By ``time.monotonic()``, in seconds.
    logged_at: float


class BatchPlan(NamedTuple):
    """How many rows from the front go now; when none does, the seconds until the first has waited long enough."""

    take: int
    wait: Optional[float] = None


def plan_batch(
    rows: Iterable[QueuedRow],
    max_rows: int,
    max_bytes: int,
    flush_interval: float,
    now: float,
    is_flushing: bool,
) -> BatchPlan:
    """
    A full batch goes at once; fewer rows go when the first has waited ``flush_interval`` or a flush is asked for.

    A row larger than a batch goes alone.
    """
    take = 0
    size = 0
    first: Optional[QueuedRow] = None
    for row in rows:
        first = first or row
        if take == max_rows or (take > 0 and size + len(row.json) > max_bytes):
            return BatchPlan(take)
        size += len(row.json)
        take += 1
    if first is None:
        return BatchPlan(0)
    wait = flush_interval - (now - first.logged_at)
    if take == max_rows or size >= max_bytes or is_flushing or wait <= 0:
        return BatchPlan(take)
    return BatchPlan(0, wait)
