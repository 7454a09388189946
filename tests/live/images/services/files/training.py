# SPDX-License-Identifier: Apache-2.0
"""training.py DIRECTORY: trains a model for ever. Writes a checkpoint after each epoch, and begins with the last one that
is there. Who connects to port 8080 is told whether it trains, and the model's name, which it got when it was new."""
import json
import os
import pathlib
import secrets
import signal
import socket
import sys

EPOCH_SECONDS = 0.2
checkpoint = pathlib.Path(sys.argv[1]) / "last.json"
model = {"name": secrets.token_hex(8), "epoch": 0, "weight": 0.0}
if checkpoint.exists():
    model = json.loads(checkpoint.read_text())
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = socket.create_server(("127.0.0.1", 8080))
server.settimeout(EPOCH_SECONDS)


def train():
    model["epoch"] += 1
    model["weight"] += (1 - model["weight"]) / 2
    unfinished = checkpoint.with_suffix(".part")
    unfinished.write_text(json.dumps(model))
    os.replace(unfinished, checkpoint)


train()
while True:
    try:
        client, _ = server.accept()
        client.sendall(f"trains {model['name']}\n".encode())
        client.close()
    except TimeoutError:
        train()
