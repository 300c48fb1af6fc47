#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# A real HTTP server on loopback for tests: prints its port, then a line of JSON for each POST it takes. The path says
# what it answers: /200, /400, /429, /503, or /cut, which takes the request and ends the connection without an answer.
import http.server
import json
import sys
import threading


class Take(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        print(json.dumps({"path": self.path, "type": self.headers.get("Content-Type"),
                          "authorization": self.headers.get("Authorization"), "body": body}), flush=True)
        if self.path == "/cut":
            self.close_connection = True
            self.connection.shutdown(2)
            return
        answer = b'{"messages": [{"id": "wamid.ABC"}]}'
        self.send_response(int(self.path[1:]))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *ignored):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Take)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
