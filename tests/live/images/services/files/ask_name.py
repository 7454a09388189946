# SPDX-License-Identifier: Apache-2.0
"""ask_name.py SERVER NAME: asks a DNS server for an address, again until it answers, and prints it (RFC 1035)."""
import socket
import sys
import time

server, name = sys.argv[1:]
labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
question = bytes.fromhex("beef01000001000000000000") + labels + bytes.fromhex("0000010001")
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(1)
for attempt in range(20):
    try:
        client.sendto(question, (server, 53))
        print(socket.inet_ntoa(client.recv(512)[-4:]))
        break
    except OSError:
        time.sleep(0.2)
else:
    sys.exit("no answer")
