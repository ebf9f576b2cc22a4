import random
import unittest

from plumbline._plan import QueuedRow, plan_batch


def rows_of(*sizes):
    return [QueuedRow(b"x" * size, 50 + index) for index, size in enumerate(sizes)]


def plan(rows, now=60.0, is_flushing=False):
    return tuple(plan_batch(rows, 4, 100, 1000.0, now, is_flushing))


class PlanBatch(unittest.TestCase):
    def test_table(self):
        cases = [
            ("nothing waits", [], 60, False, (0, None)),
            ("a young row waits for the rest of its interval", [10, 10], 60, False, (0, 990)),
            ("the first has waited long enough", [10, 10], 1050, False, (2, None)),
            ("a flush does not wait", [10, 10], 60, True, (2, None)),
            ("as many rows as fit", [10] * 5, 60, False, (4, None)),
            ("exactly full by rows", [10] * 4, 60, False, (4, None)),
            ("as many bytes as fit", [40, 40, 40], 60, False, (2, None)),
            ("exactly full by bytes", [60, 40], 60, False, (2, None)),
            ("a row larger than a batch goes alone", [500, 10], 60, False, (1, None)),
            ("a small row before a larger one does not wait for it", [10, 500], 60, False, (1, None)),
        ]
        for title, sizes, now, is_flushing, expected in cases:
            with self.subTest(title):
                self.assertEqual(plan(rows_of(*sizes), now, is_flushing), expected)

    def test_batches_keep_every_limit_and_lose_no_row(self):
        seeded = random.Random(7)
        for _ in range(200):
            rest = rows_of(*(seeded.randint(2, 150) for _ in range(seeded.randint(0, 60))))
            everything, sent = list(rest), []
            while rest:
                take, _wait = plan(rest, is_flushing=True)
                batch, rest = rest[:take], rest[take:]
                self.assertTrue(1 <= take <= 4)
                self.assertTrue(take == 1 or sum(len(row.json) for row in batch) <= 100)
                sent += batch
            self.assertEqual(sent, everything)
