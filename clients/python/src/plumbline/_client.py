from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Union

from ._dataframe import Columns, FrameFault, rows_of
from ._exit import after_fork, close_at_exit
from ._options import Options
from ._report import ClientError, RejectedRow, Stats, log_error, log_rejected
from ._rows import Actual, Prediction, RowFault, write_row
from ._sender import Sender

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Client:
    """
    Takes rows of one model and sends them from a background thread. No method raises.

    It also sends what waits when the interpreter ends. ``os._exit`` and signals skip that: call :meth:`close` before.
    After a fork the child has an empty queue, counts of its own and, from its first row on, its own thread.

    :param url: where the server is, e.g. ``http://127.0.0.1:3000``.
    :param api_key: a key with the scope ``ingest``.
    :param model: slug of the model that the rows belong to.
    :param on_error: told about failures of requests and lost rows; without it they are logged as ``plumbline``.
    :param on_rejected: told about rows that cannot be stored as they are; without it they are logged as well.
    :param timezone: what zone times without one are in; without it their rows are rejected.
    :param max_batch_rows: rows in one request, 1 to 10,000.
    :param max_batch_bytes: bytes of JSON in one request, 1 to 9,000,000; a single larger row goes alone.
    :param flush_interval: the longest a row waits for others, in seconds.
    :param max_queue_rows: rows kept in memory; further ones are dropped.
    :param max_queue_bytes: bytes of JSON kept in memory; further rows are dropped.
    :param request_timeout: seconds to connect, and to wait for the answer.
    :param give_up_after: seconds a batch is tried before its rows are dropped.
    :param close_timeout: seconds that :meth:`close` and the end of the interpreter wait.
    :raises ValueError: for options that cannot be used.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        model: str,
        *,
        on_error: Callable[[ClientError], object] = log_error,
        on_rejected: Callable[[RejectedRow], object] = log_rejected,
        timezone: Optional[tzinfo] = None,
        max_batch_rows: int = 1000,
        max_batch_bytes: int = 1_000_000,
        flush_interval: float = 1.0,
        max_queue_rows: int = 100_000,
        max_queue_bytes: int = 64 * 1024 * 1024,
        request_timeout: float = 30.0,
        give_up_after: float = 3600.0,
        close_timeout: float = 10.0,
    ) -> None:
        self._options = Options(
            url=url,
            api_key=api_key,
            model=model,
            on_error=on_error,
            on_rejected=on_rejected,
            timezone=timezone,
            max_batch_rows=max_batch_rows,
            max_batch_bytes=max_batch_bytes,
            flush_interval=flush_interval,
            max_queue_rows=max_queue_rows,
            max_queue_bytes=max_queue_bytes,
            request_timeout=request_timeout,
            give_up_after=give_up_after,
            close_timeout=close_timeout,
        )
        self._is_closed = False
        self._sender = Sender(self._options)
        self._forget_exit = close_at_exit(self.close)
        after_fork(self, Client._start_over)

    def _start_over(self) -> None:
        self._sender = Sender(self._options)
        if self._is_closed:
            self._sender.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def log(self, row: Optional[Mapping[str, Any]] = None, /, **fields: Unpack[Prediction]) -> bool:
        """
        Queues a prediction as it is now, given as fields, as a mapping, or both.

        :returns: False when it was dropped or rejected; the callbacks say why.
        """
        return self._push("events", row, fields)

    def log_actual(self, row: Optional[Mapping[str, Any]] = None, /, **fields: Unpack[Actual]) -> bool:
        """Queues the truth about a prediction, in any order with it."""
        return self._push("actuals", row, fields)

    def log_dataframe(
        self,
        frame: Any,
        *,
        prediction_id: str,
        prediction_timestamp: Optional[str] = None,
        features: Columns = None,
        prediction_label: Optional[str] = None,
        prediction_score: Optional[str] = None,
        prediction_scores: Columns = None,
        actual_label: Optional[str] = None,
        actual_score: Optional[str] = None,
        actual_timestamp: Optional[str] = None,
        tags: Columns = None,
        shap_values: Columns = None,
        shap_base_value: Union[str, float, None] = None,
        subject_id: Optional[str] = None,
        group_id: Optional[str] = None,
        rank: Optional[str] = None,
        model_version: Optional[str] = None,
        environment: Optional[str] = None,
        wait_for_room: float = 30.0,
    ) -> int:
        """
        Queues every row of a data frame: pandas, polars, or anything whose columns are had by ``frame[name]``.

        Arguments name columns; ``features``, ``tags``, ``shap_values`` and ``prediction_scores`` take a list of
        columns or a mapping from name to column. ``model_version``, ``environment`` and a ``shap_base_value`` that is
        a number are the same for all rows. Without ``prediction_timestamp`` the rows are actuals. NaN, NaT and NA
        are missing values.

        :param wait_for_room: seconds to wait for a full queue to move on before the rest is dropped.
        :returns: how many rows were queued.
        """
        values = {
            "prediction_id": prediction_id,
            "prediction_timestamp": prediction_timestamp,
            "prediction_label": prediction_label,
            "prediction_score": prediction_score,
            "actual_label": actual_label,
            "actual_score": actual_score,
            "actual_timestamp": actual_timestamp,
            "subject_id": subject_id,
            "group_id": group_id,
            "rank": rank,
        }
        constants: Dict[str, Any] = {"model_version": model_version, "environment": environment}
        if isinstance(shap_base_value, str):
            values["shap_base_value"] = shap_base_value
        else:
            constants["shap_base_value"] = shap_base_value
        groups = {
            "features": features,
            "prediction_scores": prediction_scores,
            "tags": tags,
            "shap_values": shap_values,
        }
        kind = "actuals" if prediction_timestamp is None else "events"
        queued = 0
        is_moving = True
        try:
            for row in rows_of(frame, values, groups, constants):
                is_moving = is_moving and self._sender.wait_for_room(wait_for_room)
                queued += self._push(kind, row, {})
        except Exception as error:
            reason = str(error) if isinstance(error, FrameFault) else repr(error)
            self._sender.report(f"log_dataframe: {reason}.")
        return queued

    def flush(self, timeout: Optional[float] = None) -> bool:
        """
        Sends what waits now and waits up to ``timeout`` seconds, by default ``close_timeout``.

        :returns: True when all rows logged before are settled (stored, rejected or dropped).
        """
        return self._sender.flush(self._options.close_timeout if timeout is None else timeout)

    def close(self) -> Stats:
        """Takes no more rows, sends what waits, drops what is left after ``close_timeout``. May be called again."""
        self._is_closed = True
        stats = self._sender.close()
        self._forget_exit()
        return stats

    def stats(self) -> Stats:
        """Counts of this process, as they are now."""
        return self._sender.stats()

    def _push(self, kind: str, row: Optional[Mapping[str, Any]], fields: Mapping[str, Any]) -> bool:
        named: Optional[str] = None
        try:
            merged = {**(row or {}), **fields}
            identifier = merged.get("prediction_id")
            named = identifier if isinstance(identifier, str) else None
            text = write_row(merged, self._options.timezone)
        except Exception as error:
            fault = error if isinstance(error, RowFault) else RowFault("type_mismatch", "", repr(error)[:500])
            self._sender.reject(RejectedRow(kind, named, fault.code, fault.pointer, fault.detail, None))
            return False
        return self._sender.push(kind, text)
