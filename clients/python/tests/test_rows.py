import json
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from uuid import UUID

from plumbline._rows import RowFault, write_row

NAN = float("nan")


class Color(Enum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


class Scalar:
    """What numpy scalars and arrays have in common."""

    def __init__(self, value):
        self.value = value

    def tolist(self):
        return self.value


class NaTType(datetime):
    """As pandas has it: a datetime that is none."""


class NAType:
    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")


class datetime64:  # noqa: N801
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text


def written(value, zone=None):
    return json.loads(write_row({"value": value}, zone))["value"]


class WriteRow(unittest.TestCase):
    def test_values(self):
        zoned = datetime(2001, 2, 1, 6, 30, tzinfo=timezone(timedelta(hours=2)))
        cases = [
            (NAN, None),
            (0.1, 0.1),
            (True, True),
            ("é\ud800", "é\ud800"),
            (NaTType(2001, 1, 1), None),
            (NAType(), None),
            (datetime64("NaT"), None),
            (Scalar(3), 3),
            (Scalar([1.5, NAN]), [1.5, None]),
            ((1, [2]), [1, [2]]),
            ({1: {"a": Scalar(True)}}, {"1": {"a": True}}),
            (zoned, "2001-02-01T04:30:00Z"),
            (zoned.replace(microsecond=1500), "2001-02-01T04:30:00.001500Z"),
            (date(2001, 2, 1), "2001-02-01"),
            (Decimal("1.5"), 1.5),
            (Decimal("NaN"), None),
            (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
            (Color.RED, "red"),
            (Level.HIGH, 3),
        ]
        for value, expected in cases:
            with self.subTest(repr(value)):
                self.assertEqual(written(value), expected)

    def test_times_without_a_zone_need_one(self):
        zone = timezone(timedelta(hours=-5))
        naive = datetime(2001, 2, 1, 6, 30)
        self.assertEqual(written(naive, zone), "2001-02-01T11:30:00Z")
        stamp = datetime64("2001-02-01T06:30:00.123456789")
        self.assertEqual(written(stamp, zone), "2001-02-01T11:30:00.123456789Z")
        for value in (naive, datetime64("2001-02-01")):
            with self.assertRaises(RowFault) as caught:
                written(value)
            self.assertEqual((caught.exception.code, caught.exception.pointer), ("bad_timestamp", "/value"))

    def test_ids_and_labels_that_are_whole_numbers_become_text(self):
        row = {"prediction_id": 7, "actual_label": 1.0, "prediction_label": Scalar(0), "subject_id": UUID(int=0)}
        expected = {"prediction_id": "7", "actual_label": "1", "prediction_label": "0", "subject_id": str(UUID(int=0))}
        self.assertEqual(json.loads(write_row(row)), expected)
        kept = {"prediction_id": 7.0, "actual_label": True, "rank": 1}
        self.assertEqual(json.loads(write_row(kept)), kept)

    def test_faults_have_code_and_pointer(self):
        cycle = {}
        cycle["self"] = cycle
        cases = [
            ({"features": {"a/b~c": float("inf")}}, "number_out_of_range", "/features/a~1b~0c"),
            ({"x": [1, Decimal("-Infinity")]}, "number_out_of_range", "/x/1"),
            ({"x": Scalar([float("inf")])}, "number_out_of_range", "/x/0"),
            ({"x": object()}, "type_mismatch", "/x"),
            ({"x": timedelta(1)}, "type_mismatch", "/x"),
            ({"x": b"bytes"}, "type_mismatch", "/x"),
            (cycle, "too_deep", ""),
            ({"note": "x" * 262_144}, "event_too_large", ""),
        ]
        for row, code, pointer in cases:
            with self.subTest(code=code, pointer=pointer), self.assertRaises(RowFault) as caught:
                write_row(row)
            self.assertEqual((caught.exception.code, caught.exception.pointer), (code, pointer))
