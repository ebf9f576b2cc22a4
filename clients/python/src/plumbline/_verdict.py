from __future__ import annotations

import json
from typing import Any, Dict, List, NamedTuple, Optional, Union

from ._retry import parse_retry_after


class Answered(NamedTuple):
    """The server has judged every row."""

    accepted: int
    duplicates: int
    rejected_count: int
    #: As the server lists them; ``index`` counts within the request.
    rejected: List[Dict[str, Any]]


class Retry(NamedTuple):
    """Whether the rows were stored is unknown, or they were not, for now: the same request may help."""

    status: Optional[int]
    message: str
    retry_after: float


class Refused(NamedTuple):
    """The same request would fail again."""

    status: int
    message: str


Verdict = Union[Answered, Retry, Refused]


def _read_object(body: bytes) -> Dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _is_listed_row(row: Any) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("index"), int):
        return False
    return all(isinstance(row.get(name), str) for name in ("code", "pointer", "detail"))


def _read_answer(body: Dict[str, Any]) -> Optional[Answered]:
    accepted, duplicates, rejected = body.get("accepted"), body.get("duplicates"), body.get("rejected")
    if not isinstance(accepted, int) or not isinstance(duplicates, int) or not isinstance(rejected, list):
        return None
    if not all(map(_is_listed_row, rejected)):
        return None
    return Answered(accepted, duplicates, body.get("rejected_total", len(rejected)), rejected)


def _message(status: int, problem: Dict[str, Any]) -> str:
    words = [word for word in (problem.get("title"), problem.get("detail")) if isinstance(word, str)]
    return ": ".join([f"The server answered {status}", *words])[:500]


def read_verdict(status: int, retry_after: Optional[str], body: bytes, now: float) -> Verdict:
    """
    Judges an answer.

    2xx and 422 with a list of rejected rows are answers; 408, 429, 5xx, a 409 because the first attempt is still
    running, and a 2xx that is not Plumbline's are worth another attempt; all else is refused.
    """
    content = _read_object(body)
    is_success = 200 <= status < 300
    answer = _read_answer(content) if is_success or status == 422 else None
    if answer:
        return answer
    is_running = status == 409 and str(content.get("type")).endswith("idempotency-in-progress")
    if is_success or is_running or status in (408, 429) or status >= 500:
        message = f"The answer {status} is not Plumbline's." if is_success else _message(status, content)
        return Retry(status, message, parse_retry_after(retry_after, now))
    return Refused(status, _message(status, content))
