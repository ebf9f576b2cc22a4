from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union


#: Feature (tag, label) names that are column names as well, or a mapping from name to column.
Columns = Union[Sequence[str], Mapping[str, str], None]


class FrameFault(Exception):
    """Why no row of a data frame can be sent."""


def _column(frame: Any, name: str) -> Any:
    try:
        column = frame[name]
    except Exception as error:
        raise FrameFault(f"the data frame has no column {name!r}") from error
    if hasattr(column, "columns"):
        raise FrameFault(f"the data frame has more than one column {name!r}")
    return column


def _named(columns: Columns) -> Dict[str, str]:
    if columns is None:
        return {}
    if isinstance(columns, str):
        raise FrameFault(f"expected a list of columns or a mapping, got the text {columns!r}")
    return dict(columns) if isinstance(columns, Mapping) else {name: name for name in columns}


def _is_missing(value: Any) -> bool:
    kind = type(value).__name__
    return value is None or kind in ("NaTType", "NAType") or (isinstance(value, float) and value != value)


def rows_of(
    frame: Any,
    values: Mapping[str, Optional[str]],
    groups: Mapping[str, Columns],
    constants: Mapping[str, Any],
) -> Iterator[Dict[str, Any]]:
    """
    The rows of anything whose columns are had by ``frame[name]``: pandas, polars, a mapping of lists.

    ``values`` maps fields to columns, ``groups`` fields to several columns, ``constants`` are the same in every row.
    A missing value is left out, except in ``features``, where it counts as missing.

    :raises FrameFault: for a column that is not there or not as long as the others.
    """
    places: List[Tuple[str, Optional[str]]] = []
    columns: List[Any] = []
    for field, column in values.items():
        if column is not None:
            places.append((field, None))
            columns.append(_column(frame, column))
    for field, group in groups.items():
        for member, source in _named(group).items():
            places.append((field, member))
            columns.append(_column(frame, source))
    lengths = {len(cells) for cells in columns if hasattr(cells, "__len__")}
    if len(lengths) > 1:
        raise FrameFault(f"the columns have different lengths: {sorted(lengths)}")
    for line in zip(*columns):
        row: Dict[str, Any] = {key: value for key, value in constants.items() if value is not None}
        for (field, name), value in zip(places, line):
            is_missing = _is_missing(value)
            if name is None:
                if not is_missing:
                    row[field] = value
            elif field == "features" or not is_missing:
                row.setdefault(field, {})[name] = None if is_missing else value
        yield row
