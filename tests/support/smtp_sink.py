#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# A real SMTP server on loopback for tests: prints its port, then keeps every mail as FOLDER/N.eml with its envelope in
# front. A recipient that begins with "nobody" is refused, one that begins with "later" is refused for now.
import asyncio
import pathlib
import sys

from aiosmtpd.controller import Controller


class Keep:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.n = len(list(self.folder.glob("*.eml")))

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later"):
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.n += 1
        head = f"X-From: {envelope.mail_from}\r\nX-To: {','.join(envelope.rcpt_tos)}\r\n".encode()
        draft = self.folder / f"{self.n}.tmp"
        draft.write_bytes(head + envelope.content)
        draft.rename(self.folder / f"{self.n}.eml")
        return "250 2.0.0 kept"


controller = Controller(Keep(sys.argv[1]), hostname="127.0.0.1", port=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
controller.port = controller.port or 0
if controller.port == 0:
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        controller.port = s.getsockname()[1]
controller.start()
print(controller.port, flush=True)
sys.stdin.read()
controller.stop()
