import unittest

from plumbline._retry import parse_retry_after, retry_delay


class RetryDelay(unittest.TestCase):
    def test_table(self):
        cases = [
            ("no luck waits not at all", 1, 0, 0, 0),
            ("the first pause is below 250 ms", 1, 0, 0.5, 0.125),
            ("the ceiling doubles", 4, 0, 0.5, 1.0),
            ("the ceiling ends at 30 s", 20, 0, 0.5, 15.0),
            ("also after very many attempts", 100_000, 0, 0.5, 15.0),
            ("what the server asks for comes first, spread by the jitter", 1, 2, 0.5, 2.125),
            ("the server may ask for 5 minutes at most", 1, 86_400, 0, 300.0),
        ]
        for title, attempt, retry_after, luck, expected in cases:
            with self.subTest(title):
                self.assertEqual(retry_delay(attempt, retry_after, luck), expected)

    def test_retry_after_is_seconds_or_a_date(self):
        now = 1795435200.0  # 2026-11-23T12:00:00Z
        cases = [
            (None, 0),
            ("3", 3),
            (" 3 ", 3),
            ("Mon, 23 Nov 2026 12:00:07 GMT", 7),
            ("Mon, 23 Nov 2026 11:59:00 GMT", 0),
            ("soon", 0),
            ("-1", 0),
        ]
        for value, expected in cases:
            with self.subTest(value):
                self.assertEqual(parse_retry_after(value, now), expected)
