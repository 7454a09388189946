#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""forge.py FILE: serves the part of a forge's interface for comments that the gates use. Prints its port, and keeps the
comments on the request in FILE."""
import http.server
import json
import sys

comments = []


class Forge(http.server.BaseHTTPRequestHandler):
    def answer(self, value):
        text = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            json.dump(comments, file)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def is_permitted(self):
        authorized = "a-token" in (self.headers.get("Authorization", "") + self.headers.get("PRIVATE-TOKEN", ""))
        if not authorized:
            self.send_error(401)
        return authorized

    def do_GET(self):
        if self.is_permitted():
            self.answer(comments if "page=1" in self.path else [])

    def do_POST(self):
        if self.is_permitted():
            comments.append({"id": len(comments), "path": self.path, "body": self.body()})
            self.answer(comments[-1])

    def change(self):
        if self.is_permitted():
            comments[int(self.path.rsplit("/", 1)[1])]["body"] = self.body()
            self.answer({})

    do_PATCH = do_PUT = change

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Forge)
print(server.server_port, flush=True)
server.serve_forever()
