import os
import subprocess
import sys
import time
import unittest

from .scripted_server import ScriptedServer, hang

PRELUDE = """
import atexit, os, sys
from plumbline import Client
client = Client(sys.argv[1], "pl_key", "flights", flush_interval=60, close_timeout=1)
"""


class ProcessTest(unittest.TestCase):
    """What becomes of rows when the interpreter ends or forks; each test runs one of its own."""

    def run_program(self, program, *script):
        server = ScriptedServer(*script)
        self.addCleanup(server.stop)
        started_at = time.monotonic()
        command = [sys.executable, "-W", "error::ResourceWarning", "-c", PRELUDE + program, server.url]
        result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        return server, result, time.monotonic() - started_at

    def test_what_waits_is_sent_when_the_interpreter_ends(self):
        endings = {"at the end": "", "by sys.exit": "sys.exit(3)", "by an exception": "raise ValueError"}
        for title, ending in endings.items():
            with self.subTest(title):
                server, _result, _took = self.run_program(f"client.log(prediction_id='p')\n{ending}")
                self.assertEqual(server.ids(), [["p"]])

    def test_what_is_logged_first_while_the_interpreter_ends_is_sent(self):
        server, result, _took = self.run_program("atexit.register(lambda: client.log(prediction_id='p'))")
        self.assertEqual((server.ids(), result.stderr), ([["p"]], ""))

    def test_a_server_that_does_not_answer_delays_the_end_by_the_deadline(self):
        _server, result, took = self.run_program("client.log(prediction_id='p')", hang)
        self.assertEqual(result.returncode, 0)
        self.assertIn("1 rows are dropped", result.stderr)
        self.assertLess(took, 10)

    def test_an_idle_client_does_not_keep_the_interpreter(self):
        _server, result, took = self.run_program("client.log(prediction_id='p'); client.flush()")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertLess(took, 10)

    @unittest.skipUnless(hasattr(os, "fork"), "SKIPPED: this platform has no fork")
    def test_a_forked_child_sends_its_own_rows_and_not_its_parents(self):
        program = """
client.log(prediction_id="parent-1")
child = os.fork()
if child == 0:
    client.log(prediction_id="child")
    assert client.stats().logged == 1
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
client.log(prediction_id="parent-2")
"""
        server, _result, _took = self.run_program(program)
        self.assertEqual(sorted(server.ids()), [["child"], ["parent-1", "parent-2"]])

    @unittest.skipUnless(hasattr(os, "fork"), "SKIPPED: this platform has no fork")
    def test_a_child_of_multiprocessing_sends_what_waits(self):
        program = """
import multiprocessing
def work(index):
    client.log(prediction_id=f"child-{index}")
client.log(prediction_id="parent")
children = [multiprocessing.get_context("fork").Process(target=work, args=(index,)) for index in range(3)]
for child in children: child.start()
for child in children: child.join()
"""
        server, _result, _took = self.run_program(program)
        self.assertEqual(sorted(server.ids()), [["child-0"], ["child-1"], ["child-2"], ["parent"]])

    @unittest.skipUnless(hasattr(os, "fork"), "SKIPPED: this platform has no fork")
    def test_a_fork_while_a_request_is_under_way_hurts_neither(self):
        program = """
import time
client.log(prediction_id="parent")
client.flush(0.2)
child = os.fork()
if child == 0:
    client.log(prediction_id="child")
    client.close()
    os._exit(0)
os.waitpid(child, 0)
print(client.close().dropped)
"""
        server, result, _took = self.run_program(program, hang)
        self.assertEqual(server.ids(), [["parent"], ["child"]])
        self.assertEqual(result.stdout, "1\n")
