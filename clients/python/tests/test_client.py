import time
import unittest
from dataclasses import asdict

from plumbline import Client

from .scripted_server import ScriptedServer, answer, cut, hang


class ClientTest(unittest.TestCase):
    def start(self, *script, **options):
        self.server = ScriptedServer(*script)
        self.addCleanup(self.server.stop)
        self.errors, self.rejected = [], []
        callbacks = {"on_error": self.errors.append, "on_rejected": self.rejected.append}
        client = Client(self.server.url, "pl_key", "flights", **{**callbacks, **options})
        self.addCleanup(client.close)
        return client

    def assert_stats(self, client, **expected):
        stats = asdict(client.stats())
        self.assertEqual({name: stats[name] for name in expected}, expected)
        settled = sum(stats[name] for name in ("queued", "accepted", "duplicates", "rejected", "dropped"))
        self.assertEqual(stats["logged"], settled)

    def test_rows_go_out_in_order_in_batches_each_under_its_own_key(self):
        client = self.start(max_batch_rows=3, flush_interval=60)
        for index in range(8):
            self.assertTrue(client.log(prediction_id=f"p-{index}"))
        client.close()
        self.assertEqual(self.server.ids(), [["p-0", "p-1", "p-2"], ["p-3", "p-4", "p-5"], ["p-6", "p-7"]])
        self.assertEqual(len({request["key"] for request in self.server.requests}), 3)
        self.assert_stats(client, logged=8, sent=8, accepted=8, queued=0, retried=0, errors=0)

    def test_a_lonely_row_goes_out_when_its_interval_is_over(self):
        client = self.start(flush_interval=0.05)
        client.log_actual({"prediction_id": "p-1"}, actual_score=1)
        deadline = time.monotonic() + 5
        while not self.server.requests and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(self.server.requests[0]["path"], "/v1/models/flights/actuals")
        self.assertEqual(self.server.requests[0]["rows"], [{"prediction_id": "p-1", "actual_score": 1}])

    def test_a_path_in_the_url_stays_in_front_of_the_routes(self):
        self.start()
        with Client(f"{self.server.url}/base/", "pl_key", "flights") as client:
            client.log(prediction_id="p")
        self.assertEqual(self.server.requests[0]["path"], "/base/v1/models/flights/events")

    def test_what_is_retried_keeps_its_key_and_its_place(self):
        running = answer(409, {"type": "/problems/idempotency-in-progress"})
        for reply in (answer(503), answer(429), cut, running):
            with self.subTest(reply):
                client = self.start(reply, reply, max_batch_rows=2)
                for index in range(4):
                    client.log(prediction_id=f"p-{index}")
                client.close()
                self.assertEqual([batch[0] for batch in self.server.ids()], ["p-0", "p-0", "p-0", "p-2"])
                keys = [request["key"] for request in self.server.requests]
                self.assertEqual(len(set(keys[:3])), 1)
                self.assertNotEqual(keys[0], keys[3])
                self.assertEqual([error.will_retry for error in self.errors], [True, True])
                self.assert_stats(client, accepted=4, sent=4, retried=2, dropped=0)

    def test_retry_after_is_waited_for(self):
        client = self.start(answer(503, Retry_After="1"))
        client.log(prediction_id="p")
        client.close()
        first, second = self.server.requests
        self.assertGreaterEqual(second["at"] - first["at"], 0.99)

    def test_a_request_without_an_answer_in_time_is_retried(self):
        client = self.start(hang, request_timeout=0.2)
        client.log(prediction_id="p")
        client.close()
        self.assert_stats(client, accepted=1, retried=1)

    def test_what_would_fail_again_is_dropped_and_reported(self):
        for status in (400, 401, 404, 413):
            with self.subTest(status):
                client = self.start(answer(status))
                client.log(prediction_id="p")
                client.close()
                self.assertEqual([(e.status, e.will_retry, e.rows) for e in self.errors], [(status, False, 1)])
                self.assert_stats(client, dropped=1, retried=0, queued=0)

    def test_a_batch_is_given_up_after_its_time_and_the_next_gets_its_own(self):
        client = self.start(answer(503, Retry_After="60"), max_batch_rows=1, give_up_after=0.5)
        client.log(prediction_id="p-1")
        client.log(prediction_id="p-2")
        client.close()
        self.assert_stats(client, accepted=1, dropped=1)

    def test_rejected_rows_come_back_with_code_pointer_and_row(self):
        listed = {"index": 1, "prediction_id": "p-2", "code": "type_mismatch", "detail": "d"}
        body = {"accepted": 1, "duplicates": 0, "rejected": [{**listed, "pointer": "/events/1/features/km"}]}
        client = self.start(answer(202, body))
        client.log(prediction_id="p-1")
        client.log(prediction_id="p-2", features={"km": "far"})
        client.log(prediction_id="p-3", prediction_score=float("inf"))
        client.log(5)
        client.close()
        found = [(row.prediction_id, row.code, row.pointer) for row in self.rejected]
        local = [("p-3", "number_out_of_range", "/prediction_score"), (None, "type_mismatch", "")]
        self.assertEqual(found, [*local, ("p-2", "type_mismatch", "/features/km")])
        self.assertEqual(self.rejected[2].row, {"prediction_id": "p-2", "features": {"km": "far"}})
        self.assert_stats(client, logged=4, accepted=1, rejected=3)

    def test_a_full_queue_drops_counts_and_reports_once(self):
        for limits in ({"max_queue_rows": 10}, {"max_queue_bytes": 200}):
            with self.subTest(limits):
                client = self.start(hang, **limits, close_timeout=0.1)
                taken = sum(client.log(prediction_id=f"p-{index:03}") for index in range(100))
                self.assertTrue(5 < taken < 15, taken)
                self.assertEqual([error.message for error in self.errors], ["The queue is full; rows are dropped."])
                self.assert_stats(client, queued=taken, dropped=100 - taken)
                client.close()
                self.assert_stats(client, queued=0, dropped=100)

    def test_callbacks_that_raise_stop_nothing(self):
        def fail(_value):
            raise SystemExit("not today")

        listed = {"index": 0, "prediction_id": "p", "code": "bad_id", "pointer": "/events/0", "detail": ""}
        refusal = answer(422, {"accepted": 0, "duplicates": 0, "rejected": [listed]})
        client = self.start(answer(503), refusal, on_error=fail, on_rejected=fail)
        with self.assertLogs("plumbline", "ERROR"):
            client.log(prediction_id="p-1")
            self.assertTrue(client.flush())
        client.log(prediction_id="p-2")
        client.close()
        self.assert_stats(client, accepted=1, rejected=1, errors=1)

    def test_a_callback_may_close_the_client(self):
        client = self.start(answer(404), on_error=lambda _error: client.close())
        client.log(prediction_id="p")
        started_at = time.monotonic()
        client.flush()
        self.assertLess(time.monotonic() - started_at, 4)
        self.assertFalse(client.log(prediction_id="p"))

    def test_flush_says_false_when_its_time_is_over_and_goes_on(self):
        client = self.start(answer(503, Retry_After="1"))
        client.log(prediction_id="p")
        self.assertFalse(client.flush(0.1))
        self.assertTrue(client.flush())
        self.assert_stats(client, accepted=1, dropped=0)

    def test_close_keeps_its_deadline_drops_the_rest_and_takes_no_more(self):
        client = self.start(hang, close_timeout=0.3, max_batch_rows=2)
        for index in range(5):
            client.log(prediction_id=f"p-{index}")
        started_at = time.monotonic()
        client.close()
        self.assertLess(time.monotonic() - started_at, 4)
        self.assert_stats(client, logged=5, dropped=5, queued=0)
        self.assertFalse(client.log(prediction_id="late"))
        client.close()
        self.assert_stats(client, logged=6, dropped=6)

    def test_a_data_frame_larger_than_the_queue_waits_for_room(self):
        client = self.start(max_queue_rows=20, max_batch_rows=10)
        frame = {"id": list(range(100)), "score": [0.5] * 100}
        self.assertEqual(client.log_dataframe(frame, prediction_id="id", actual_score="score"), 100)
        self.assertEqual(client.log_dataframe(frame, prediction_id="nowhere"), 0)
        client.close()
        self.assert_stats(client, accepted=100, dropped=0)
        self.assertEqual([error.message for error in self.errors], ["log_dataframe: the data frame has no column 'nowhere'."])

    def test_options_that_cannot_be_used_are_named(self):
        cases = [("url", "ftp://x"), ("api_key", ""), ("model", "A b"), ("max_batch_rows", 0), ("close_timeout", -1)]
        for name, value in cases:
            with self.subTest(name), self.assertRaisesRegex(ValueError, f"^{name}: "):
                Client(**{"url": "http://x", "api_key": "k", "model": "m", name: value})
