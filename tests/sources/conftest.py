"""A real web server on the loopback address, and the saved pages of no network at all."""

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep

import pytest


@dataclass
class Answer:
    """What the server says at one path."""

    content: bytes = b""
    content_type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


class Web:
    """A web server whose answers a test writes; `asked` lists what was asked of it."""

    def __init__(self):
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.agents: list[str] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                web.asked.append(self.path)
                web.agents.append(self.headers["User-Agent"])
                answer = web.answers.get(self.path, Answer(b"", status=404))
                sleep(answer.delay)
                self.send_response(answer.status)
                if answer.content_type is not None:
                    self.send_header("Content-Type", answer.content_type)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                # The client may have had enough, as some tests want it to.
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.wfile.write(answer.content)

            def log_message(self, *_):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def put(self, path, content="", **answer):
        """Answer at a path, and give its address."""
        raw = content if isinstance(content, bytes) else content.encode()
        self.answers[path] = Answer(raw, **answer)
        return self.url + path

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def web():
    server = Web()
    yield server
    server.close()
