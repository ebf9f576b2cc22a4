import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def accept(rows):
    """What Plumbline answers when it stores every row."""
    return 202, {}, {"batch_id": "b", "accepted": len(rows), "duplicates": 0, "rejected": []}


def answer(status, body=None, **headers):
    """An answer whatever the rows are; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _rows: (status, named, body or {})


def cut(_rows):
    """Ends the connection without an answer."""
    return None


def hang(_rows):
    """Answers long after everybody has stopped waiting."""
    time.sleep(5)
    return None


class ScriptedServer:
    """Answers by ``script``, one entry a request, and accepts when it is used up."""

    def __init__(self, *script):
        self.requests = []
        self._script = list(script)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                content = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    content = gzip.decompress(content)
                (rows,) = json.loads(content).values()
                key = self.headers["Idempotency-Key"]
                outer.requests.append({"path": self.path, "key": key, "rows": rows, "at": time.monotonic()})
                reply = (outer._script.pop(0) if outer._script else accept)(rows)
                if reply is None:
                    self.close_connection = True
                    return
                status, headers, body = reply
                text = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(text))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def ids(self):
        return [[row["prediction_id"] for row in request["rows"]] for request in self.requests]

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
