import unittest

from plumbline._dataframe import FrameFault, rows_of

FRAME = {"id": ["a", "b"], "at": [1, 2], "km": [2176, None], "shap_km": [0.5, float("nan")], "label": [None, "late"]}
VALUES = {"prediction_id": "id", "prediction_timestamp": "at", "prediction_label": "label", "rank": None}


class RowsOf(unittest.TestCase):
    def test_missing_values_are_left_out_except_in_features(self):
        groups = {"features": ["km"], "shap_values": {"km": "shap_km"}, "tags": None}
        rows = list(rows_of(FRAME, VALUES, groups, {"model_version": "7", "environment": None}))
        first = {"prediction_id": "a", "prediction_timestamp": 1, "features": {"km": 2176}, "shap_values": {"km": 0.5}}
        second = {"prediction_id": "b", "prediction_timestamp": 2, "prediction_label": "late", "features": {"km": None}}
        self.assertEqual(rows, [{"model_version": "7", **first}, {"model_version": "7", **second}])

    def test_faults(self):
        cases = [
            (FRAME, {"features": ["miles"]}, "no column 'miles'"),
            (FRAME, {"features": "km"}, "expected a list"),
            ({**FRAME, "km": [1]}, {"features": ["km"]}, "different lengths"),
        ]
        for frame, groups, message in cases:
            with self.subTest(message), self.assertRaisesRegex(FrameFault, message):
                list(rows_of(frame, VALUES, groups, {}))
