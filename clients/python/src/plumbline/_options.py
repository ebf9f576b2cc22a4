from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from typing import Callable, Optional

from ._report import ClientError, RejectedRow

#: Stays below the server's 10 MB and 10,000 rows a request.
_LARGEST = {"max_batch_rows": 10_000, "max_batch_bytes": 9_000_000}
_COUNTS = ("max_batch_rows", "max_batch_bytes", "max_queue_rows", "max_queue_bytes")
_SECONDS = ("flush_interval", "request_timeout", "give_up_after", "close_timeout")


@dataclass(frozen=True)
class Options:
    """What :class:`plumbline.Client` was made with."""

    url: str
    api_key: str
    model: str
    on_error: Callable[[ClientError], object]
    on_rejected: Callable[[RejectedRow], object]
    timezone: Optional[tzinfo]
    max_batch_rows: int
    max_batch_bytes: int
    flush_interval: float
    max_queue_rows: int
    max_queue_bytes: int
    request_timeout: float
    give_up_after: float
    close_timeout: float

    def __post_init__(self) -> None:
        if not re.match(r"https?://[^/\s]", self.url):
            raise ValueError("url: expected an http or https URL.")
        if not re.fullmatch(r"[\x21-\x7e]+", self.api_key):
            raise ValueError("api_key: expected printable ASCII.")
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", self.model):
            raise ValueError("model: expected a slug.")
        for name in _COUNTS:
            value, most = getattr(self, name), _LARGEST.get(name)
            if not isinstance(value, int) or value < 1 or (most is not None and value > most):
                raise ValueError(f"{name}: expected a whole number from 1{f' to {most}' if most else ''}.")
        for name in _SECONDS:
            if not 0 < getattr(self, name) < 1e6:
                raise ValueError(f"{name}: expected seconds above 0 and below a million.")
