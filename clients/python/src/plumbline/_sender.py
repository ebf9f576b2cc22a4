from __future__ import annotations

import dataclasses
import json
import random
import threading
import time
import uuid
from typing import Dict, List, Optional
from urllib.parse import urlsplit

import urllib3

from ._exit import close_with_child
from ._lane import Lane
from ._options import Options
from ._plan import QueuedRow
from ._report import ClientError, RejectedRow, Stats, call_safely
from ._request import send_request, write_body
from ._retry import retry_delay
from ._verdict import Answered, Refused


class Sender:
    """The queue and the thread that empties it. One lives in one process: a forked child makes its own."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._changed = threading.Condition()
        self._lanes: Dict[str, Lane] = {kind: Lane(kind) for kind in ("events", "actuals")}
        self._stats = Stats()
        self._queued_bytes = 0
        self._is_reporting_drops = True
        self._is_closed = False
        self._is_over = False
        self._deadline: Optional[float] = None
        self._thread: Optional[threading.Thread] = None
        self._runner: Optional[int] = None
        self._pool = urllib3.connection_from_url(options.url, maxsize=1)
        self._path = f"{urlsplit(options.url).path.rstrip('/')}/v1/models/{options.model}"

    def stats(self) -> Stats:
        with self._changed:
            return dataclasses.replace(self._stats)

    def reject(self, rejected: RejectedRow) -> None:
        """Counts and reports a row that cannot be sent."""
        with self._changed:
            self._stats.logged += 1
            self._stats.rejected += 1
        call_safely(self._options.on_rejected, rejected)

    def report(self, message: str) -> None:
        """Counts and reports a failure that concerns no queued row."""
        with self._changed:
            self._stats.errors += 1
        call_safely(self._options.on_error, ClientError(message, None, False, 0))

    def push(self, kind: str, row: bytes) -> bool:
        """Queues a row; False when there is no room or the client is closed."""
        with self._changed:
            self._stats.logged += 1
            if not self._is_closed and self._has_room(len(row)):
                self._lanes[kind].push(QueuedRow(row, time.monotonic()))
                self._stats.queued += 1
                self._queued_bytes += len(row)
                self._start_thread()
                # The thread sleeps until the first row's interval is over; wake it for the first and for a full batch.
                waiting = len(self._lanes[kind].rows)
                if waiting == 1 or waiting % self._options.max_batch_rows == 0 or self._holds_full_bytes():
                    self._changed.notify_all()
                return True
            self._stats.dropped += 1
            is_first, self._is_reporting_drops = self._is_reporting_drops, False
            self._stats.errors += is_first
            reason = "The client is closed" if self._is_closed else "The queue is full"
        if is_first:
            call_safely(self._options.on_error, ClientError(f"{reason}; rows are dropped.", None, False, 1))
        return False

    def wait_for_room(self, timeout: float) -> bool:
        """Waits until a row would be taken; False when that takes too long or will not happen."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_closed or self._has_room(1), timeout) and (
                not self._is_closed
            )

    def flush(self, timeout: float) -> bool:
        """Sends what waits now; True when all of it is settled in time."""
        with self._changed:
            marks = [(lane, lane.flush()) for lane in self._lanes.values()]
            if self._stats.queued:
                self._start_thread()
            self._changed.notify_all()
            return self._changed.wait_for(lambda: all(lane.is_settled(mark) for lane, mark in marks), timeout)

    def close(self) -> Stats:
        """Takes no more rows, sends what waits and drops what is left at the deadline."""
        with self._changed:
            if self._deadline is None:
                self._deadline = time.monotonic() + self._options.close_timeout
            deadline = self._deadline
            self._is_closed = True
            marks = [(lane, lane.flush()) for lane in self._lanes.values()]
            if self._stats.queued:
                self._start_thread()
            self._changed.notify_all()
            has_thread = self._thread is not None and self._thread.is_alive()
            if self._runner == threading.get_ident():
                return dataclasses.replace(self._stats)  # A callback closes: waiting here would wait for itself.
        if not has_thread:
            self._run()
        with self._changed:
            self._changed.wait_for(
                lambda: all(lane.is_settled(mark) for lane, mark in marks),
                max(0.0, deadline - time.monotonic()),
            )
            left = self._stats.queued
            self._is_over = True
            self._stats.queued = 0
            self._stats.dropped += left
            self._stats.errors += left > 0
            self._changed.notify_all()
        if left:
            message = "The client was closed before these rows could be sent."
            call_safely(self._options.on_error, ClientError(message, None, False, left))
        self._pool.close()
        return self.stats()

    def _has_room(self, size: int) -> bool:
        options, stats = self._options, self._stats
        return stats.queued < options.max_queue_rows and self._queued_bytes + size <= options.max_queue_bytes

    def _holds_full_bytes(self) -> bool:
        return self._queued_bytes >= self._options.max_batch_bytes

    def _start_thread(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        if self._thread is None:
            close_with_child(self.close)
        thread = threading.Thread(target=self._run, name="plumbline", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return  # No threads to be had, as at the end of the interpreter: close() sends by itself.
        self._thread = thread

    def _run(self) -> None:
        self._runner = threading.get_ident()
        while True:
            with self._changed:
                lane = self._wait_for_batch()
                if lane is None:
                    return
                rows = lane.take(lane.plan(self._options, time.monotonic()).take)
            try:
                self._deliver(lane.kind, rows)
            except Exception as error:
                self._drop(rows, None, f"The batch failed: {error!r}.")
            with self._changed:
                lane.settle(len(rows))
                self._changed.notify_all()

    def _wait_for_batch(self) -> Optional[Lane]:
        """The lane whose first row waits longest among those due; None when there is nothing left to do."""
        while not self._is_over:
            now = time.monotonic()
            plans = [(lane, lane.plan(self._options, now)) for lane in self._lanes.values()]
            due = [lane for lane, plan in plans if plan.take]
            if due:
                return min(due, key=lambda lane: lane.rows[0].logged_at)
            if self._is_closed:
                return None
            waits = [plan.wait for _lane, plan in plans if plan.wait is not None]
            self._changed.wait(min(waits) if waits else None)
        return None

    def _deliver(self, kind: str, rows: List[QueuedRow]) -> None:
        options = self._options
        body = write_body(kind, (row.json for row in rows))
        key = str(uuid.uuid4())
        started_at = time.monotonic()
        attempt = 0
        while True:
            timeout = self._time_left(options.request_timeout)
            if timeout <= 0:
                return self._drop(rows, None, "The client was closed before these rows could be sent.")
            attempt += 1
            with self._changed:
                self._stats.sent += len(rows) if attempt == 1 else 0
                self._stats.retried += attempt > 1
            verdict = send_request(self._pool, f"{self._path}/{kind}", options.api_key, key, body, timeout)
            if isinstance(verdict, Answered):
                return self._count(kind, rows, verdict)
            if isinstance(verdict, Refused):
                return self._drop(rows, verdict.status, verdict.message)
            delay = retry_delay(attempt, verdict.retry_after, random.random())
            if time.monotonic() - started_at + delay > options.give_up_after or self._time_left(1.0) <= 0:
                return self._drop(rows, verdict.status, verdict.message)
            with self._changed:
                self._stats.errors += 1
            error = ClientError(verdict.message, verdict.status, True, len(rows))
            call_safely(options.on_error, error)
            self._pause(delay)

    def _time_left(self, timeout: float) -> float:
        """``timeout``, or less of it when the client closes before."""
        with self._changed:
            if self._is_over:
                return 0.0
            return timeout if self._deadline is None else min(timeout, self._deadline - time.monotonic())

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        with self._changed:
            while not self._is_over:
                left = end - time.monotonic()
                if self._deadline is not None:
                    left = min(left, self._deadline - time.monotonic())
                if left <= 0:
                    return
                self._changed.wait(left)

    def _leave_queue(self, rows: List[QueuedRow]) -> bool:
        """Takes rows out of the count; False when closing has dropped them already."""
        if self._is_over:
            return False
        self._stats.queued -= len(rows)
        self._queued_bytes -= sum(len(row.json) for row in rows)
        options = self._options
        if (
            self._stats.queued <= options.max_queue_rows / 2
            and self._queued_bytes <= options.max_queue_bytes / 2
        ):
            self._is_reporting_drops = True
        return True

    def _drop(self, rows: List[QueuedRow], status: Optional[int], message: str) -> None:
        with self._changed:
            if not self._leave_queue(rows):
                return
            self._stats.dropped += len(rows)
            self._stats.errors += 1
        call_safely(self._options.on_error, ClientError(message, status, False, len(rows)))

    def _count(self, kind: str, rows: List[QueuedRow], answer: Answered) -> None:
        with self._changed:
            if not self._leave_queue(rows):
                return
            self._stats.accepted += answer.accepted
            self._stats.duplicates += answer.duplicates
            self._stats.rejected += answer.rejected_count
        for listed in answer.rejected:
            index, pointer = listed["index"], listed["pointer"]
            prefix = f"/{kind}/{index}"
            rejected = RejectedRow(
                kind=kind,
                prediction_id=listed.get("prediction_id"),
                code=listed["code"],
                pointer=pointer[len(prefix) :] if pointer.startswith(prefix) else pointer,
                detail=listed["detail"],
                row=json.loads(rows[index].json) if 0 <= index < len(rows) else None,
            )
            call_safely(self._options.on_rejected, rejected)
