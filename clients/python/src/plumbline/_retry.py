from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Optional

_FIRST_DELAY = 0.25
_LONGEST_DELAY = 30.0
_LONGEST_RETRY_AFTER = 300.0


def retry_delay(attempt: int, retry_after: float, random: float) -> float:
    """
    Seconds to wait before attempt ``attempt + 1`` (from 1).

    Full jitter: evenly between 0 and 250 ms doubled each time up to 30 s. What the server asked for by
    ``Retry-After`` (at most 5 minutes of it) comes on top. ``random`` is from 0 up to 1.
    """
    ceiling = min(_LONGEST_DELAY, _FIRST_DELAY * 2.0 ** min(attempt - 1, 30))
    return min(_LONGEST_RETRY_AFTER, max(0.0, retry_after)) + random * ceiling


def parse_retry_after(value: Optional[str], now: float) -> float:
    """Seconds that a ``Retry-After`` header asks for from ``now`` (epoch seconds); 0 when it cannot be read."""
    if value is None:
        return 0.0
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return 0.0
