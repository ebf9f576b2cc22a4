from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Callable, Optional

logger = logging.getLogger("plumbline")


@dataclass(frozen=True)
class ClientError:
    """A failure that ``on_error`` is told."""

    message: str
    #: HTTP status, or None when there was no answer.
    status: Optional[int]
    #: True: the same rows are sent again after a pause. False: they are dropped.
    will_retry: bool
    #: Rows it concerns.
    rows: int


@dataclass(frozen=True)
class RejectedRow:
    """A row that ``on_rejected`` is told: sending it again as it is would not help."""

    #: ``events`` or ``actuals``.
    kind: str
    prediction_id: Optional[str]
    #: Why, e.g. ``type_mismatch``, ``id_conflict``, ``timestamp_in_future``.
    code: str
    #: JSON pointer into the row, e.g. ``/features/distance``; empty for the row itself.
    pointer: str
    detail: str
    #: The row as it was sent; None when it could not be written as JSON.
    row: Any


@dataclass
class Stats:
    """
    What has become of the rows.

    At any time ``logged`` = ``queued`` + ``accepted`` + ``duplicates`` + ``rejected`` + ``dropped``.
    """

    #: Rows given to the client.
    logged: int = 0
    #: Rows that wait or are under way now.
    queued: int = 0
    #: Rows sent at least once.
    sent: int = 0
    #: Rows the server stored.
    accepted: int = 0
    #: Rows the server had already, with equal content.
    duplicates: int = 0
    #: Rows that cannot be stored as they are; each was given to ``on_rejected``.
    rejected: int = 0
    #: Rows lost: full queue, closed client, refused request, time over.
    dropped: int = 0
    #: Requests that repeated an earlier one.
    retried: int = 0
    #: Failures given to ``on_error``.
    errors: int = 0


def log_error(error: ClientError) -> None:
    """What happens to failures without an ``on_error``."""
    fate = "retried" if error.will_retry else "dropped"
    logger.warning("%s %d rows are %s.", error.message, error.rows, fate)


def log_rejected(row: RejectedRow) -> None:
    """What happens to rejected rows without an ``on_rejected``."""
    logger.warning("Row %s was rejected: %s %s: %s", row.prediction_id, row.code, row.pointer, row.detail)


def call_safely(callback: Callable[[Any], object], value: object) -> None:
    """Calls a callback of the caller; what it raises goes to the log and no further."""
    try:
        callback(value)
    except (Exception, SystemExit):
        logger.exception("A callback failed.")
