from __future__ import annotations

import json
import math
from collections.abc import Mapping as AbstractMapping
from datetime import date, datetime, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Any, Dict, List, Mapping, Optional, TypedDict, Union
from uuid import UUID

#: The server's limits for one row.
_MAX_ROW_BYTES = 256 * 1024
_MAX_DEPTH = 32
_IDS = ("prediction_id", "subject_id", "group_id")
_LABELS = ("prediction_label", "actual_label")

Time = Union[datetime, str, float]


class Actual(TypedDict, total=False):
    """What came true of a prediction. It may be logged before the prediction; a later one replaces it."""

    prediction_id: str
    actual_label: Optional[str]
    actual_score: Optional[float]
    actual_timestamp: Optional[Time]


class Prediction(Actual, total=False):
    """One prediction. Field names, units and limits are those of ``POST /v1/models/{model}/events``."""

    prediction_timestamp: Time
    model_version: Optional[str]
    environment: Optional[str]
    features: Optional[Mapping[str, Any]]
    prediction_label: Optional[str]
    prediction_score: Optional[float]
    prediction_scores: Optional[Mapping[str, float]]
    tags: Optional[Mapping[str, Union[str, float, bool, None]]]
    shap_values: Optional[Mapping[str, float]]
    shap_base_value: Optional[float]
    embedding_features: Optional[Mapping[str, Any]]
    subject_id: Optional[str]
    group_id: Optional[str]
    rank: Optional[int]


class RowFault(Exception):
    """Why a row cannot be sent."""

    def __init__(self, code: str, pointer: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.pointer = pointer
        self.detail = detail


def plain(value: Any, naive_timezone: Optional[tzinfo] = None, pointer: str = "", depth: int = 0) -> Any:
    """
    A value as JSON carries it: NaN, NaT and NA as None, numpy scalars and arrays as numbers and lists, times in UTC.

    :raises RowFault: for what JSON cannot carry, and for a time without a zone when ``naive_timezone`` is None.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, float):
        return _number(value, pointer)
    kind = type(value).__name__
    if kind in ("NaTType", "NAType"):
        return None
    if depth > _MAX_DEPTH:
        raise RowFault("too_deep", "", f"more than {_MAX_DEPTH} levels")
    if isinstance(value, datetime):
        return _utc(value, naive_timezone, pointer)
    if isinstance(value, AbstractMapping):
        members: Dict[str, Any] = {}
        for key, member in value.items():
            step = str(key).replace("~", "~0").replace("/", "~1")
            members[str(key)] = plain(member, naive_timezone, f"{pointer}/{step}", depth + 1)
        return members
    if isinstance(value, (list, tuple)):
        items: List[Any] = []
        for index, item in enumerate(value):
            items.append(plain(item, naive_timezone, f"{pointer}/{index}", depth + 1))
        return items
    if isinstance(value, Decimal):
        return _number(float(value), pointer)
    if isinstance(value, (date, UUID)):
        return str(value)
    if isinstance(value, Enum):
        return plain(value.value, naive_timezone, pointer, depth + 1)
    if kind == "datetime64":
        text = str(value)
        if text == "NaT":
            return None
        return _utc(datetime.fromisoformat(text.split(".")[0]), naive_timezone, pointer, text.partition(".")[2])
    if callable(getattr(value, "tolist", None)):
        return plain(value.tolist(), naive_timezone, pointer, depth + 1)
    raise RowFault("type_mismatch", pointer, f"cannot send a {kind}")


def _number(value: float, pointer: str) -> Optional[float]:
    if math.isnan(value):
        return None
    if math.isinf(value):
        raise RowFault("number_out_of_range", pointer, "expected a finite number")
    return float(value)


def _utc(value: datetime, naive_timezone: Optional[tzinfo], pointer: str, fraction: str = "") -> str:
    if value.tzinfo is None:
        if naive_timezone is None:
            detail = "a time without a time zone; give it one, or name the zone when making the client"
            raise RowFault("bad_timestamp", pointer, detail)
        value = value.replace(tzinfo=naive_timezone)
    text = value.astimezone(timezone.utc).isoformat().replace("+00:00", "")
    return f"{text}.{fraction}Z" if fraction else f"{text}Z"


def _as_text(value: Any, integral_floats: bool) -> Any:
    """A whole number as text; in a pandas column with gaps whole numbers are floats."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) or (integral_floats and isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return value


def write_row(row: Mapping[str, Any], naive_timezone: Optional[tzinfo] = None) -> bytes:
    """
    A row as JSON. Ids and labels that are whole numbers become text, as the server wants them.

    :raises RowFault: when it cannot be written or is larger than the server takes.
    """
    fields = plain(row, naive_timezone)
    if not isinstance(fields, dict):
        raise RowFault("type_mismatch", "", "expected a mapping")
    for name in _IDS + _LABELS:
        if name in fields:
            fields[name] = _as_text(fields[name], integral_floats=name in _LABELS)
    text = json.dumps(fields, allow_nan=False, separators=(",", ":")).encode("ascii")
    if len(text) > _MAX_ROW_BYTES:
        raise RowFault("event_too_large", "", f"at most {_MAX_ROW_BYTES} bytes")
    return text
