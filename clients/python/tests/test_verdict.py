import json
import unittest

from plumbline._verdict import Answered, Refused, Retry, read_verdict

ROW = {"index": 3, "prediction_id": "a", "code": "bad_id", "pointer": "/events/3/prediction_id", "detail": "d"}
ANSWER = {"batch_id": "b", "accepted": 2, "duplicates": 1, "rejected": []}


def judge(status, body=b"", retry_after=None):
    return read_verdict(status, retry_after, body if isinstance(body, bytes) else json.dumps(body).encode(), 0.0)


class ReadVerdict(unittest.TestCase):
    def test_counts_are_an_answer(self):
        self.assertEqual(judge(202, ANSWER), Answered(2, 1, 0, []))
        self.assertEqual(judge(202, {**ANSWER, "rejected": [ROW]}), Answered(2, 1, 1, [ROW]))
        many = {**ANSWER, "rejected": [ROW], "rejected_total": 12}
        self.assertEqual(judge(202, many), Answered(2, 1, 12, [ROW]))
        none = {"type": "/problems/all-items-rejected", "accepted": 0, "duplicates": 0, "rejected": [ROW]}
        self.assertEqual(judge(422, none), Answered(0, 0, 1, [ROW]))

    def test_worth_another_attempt(self):
        cases = [
            (408, b""),
            (429, {"title": "Too many requests"}),
            (500, b"<html>"),
            (502, b""),
            (503, {"title": "The database cannot be reached"}),
            (504, b""),
            (409, {"type": "http://x/problems/idempotency-in-progress"}),
            (200, b"<html>not ours</html>"),
            (202, b'{"accepted": 2, "dupl'),
            (202, {**ANSWER, "rejected": [None]}),
        ]
        for status, body in cases:
            with self.subTest(status=status, body=body):
                verdict = judge(status, body, "2")
                self.assertIsInstance(verdict, Retry)
                self.assertEqual((verdict.status, verdict.retry_after), (status, 2.0))

    def test_would_fail_again(self):
        for status in (301, 400, 401, 403, 404, 413):
            with self.subTest(status):
                self.assertIsInstance(judge(status), Refused)
        self.assertIsInstance(judge(409, {"type": "http://x/problems/conflict"}), Refused)
        self.assertIsInstance(judge(422, {"type": "http://x/problems/idempotency-key-reuse"}), Refused)
        refused = judge(404, {"title": "No such model", "detail": "flights"})
        self.assertEqual(refused.message, "The server answered 404: No such model: flights")
