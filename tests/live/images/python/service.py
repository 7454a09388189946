# SPDX-License-Identifier: Apache-2.0
"""An HTTP service on port 80 with the features of real ones: threads, a state file of another user, a log in /tmp.

GET / answers with a greeting from the image and the number of requests so far. SIGTERM ends it with status 0.
"""
import http.server
import os
import signal
import sys
import threading

STATE = "/var/lib/app/state"
GREETING = "/var/lib/app/greeting"
LOG = "/tmp/requests.log"
OWNER = 1000

lock = threading.Lock()
requests = 0


def save_state():
    # Replaced by rename instead of rewritten: without DAC_OVERRIDE, root can't write to another user's file.
    with open(STATE + ".new", "w") as file:
        file.write(f"{requests}\n")
    os.chown(STATE + ".new", OWNER, OWNER)
    os.rename(STATE + ".new", STATE)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        global requests
        with lock:
            requests += 1
            save_state()
            with open(LOG, "a") as file:
                file.write(self.path + "\n")
            with open(GREETING) as file:
                body = f"{file.read().strip()}, request {requests}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("", 80), Handler)
    # shutdown() waits for the serving loop, which the signal handler interrupts, so it must run in another thread.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    save_state()
    server.serve_forever()
    server.server_close()


if __name__ == "__main__":
    sys.exit(main())
