from __future__ import annotations

import gzip
import time
from typing import Iterable, NamedTuple

import urllib3

from ._verdict import Retry, Verdict, read_verdict

#: Smaller bodies fit a packet or two anyway.
_COMPRESS_FROM = 2048


class Body(NamedTuple):
    """What is posted; the same bytes for every attempt at one batch."""

    content: bytes
    is_compressed: bool


def write_body(kind: str, rows: Iterable[bytes]) -> Body:
    """The rows as one JSON document, gzipped where that pays."""
    text = b'{"%s":[%s]}' % (kind.encode("ascii"), b",".join(rows))
    if len(text) < _COMPRESS_FROM:
        return Body(text, False)
    return Body(gzip.compress(text, compresslevel=1), True)


def send_request(
    pool: urllib3.HTTPConnectionPool,
    path: str,
    api_key: str,
    idempotency_key: str,
    body: Body,
    timeout: float,
) -> Verdict:
    """Sends one attempt; a broken connection and a timeout are verdicts, too."""
    headers = {
        "Authorization": f"Bearer {api_key}",
        "Content-Type": "application/json",
        "Idempotency-Key": idempotency_key,
        "User-Agent": "plumbline-python",
    }
    if body.is_compressed:
        headers["Content-Encoding"] = "gzip"
    try:
        response = pool.request(
            "POST",
            path,
            body=body.content,
            headers=headers,
            retries=False,
            redirect=False,
            timeout=urllib3.Timeout(total=timeout),
        )
        return read_verdict(response.status, response.headers.get("Retry-After"), response.data, time.time())
    except Exception as error:
        return Retry(None, f"The request failed: {type(error).__name__}: {error}"[:500], 0.0)
