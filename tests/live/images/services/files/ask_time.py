# SPDX-License-Identifier: Apache-2.0
"""Asks the NTP server on this machine for the time, and prints the stratum that it answers with (RFC 5905)."""
import socket

CLIENT_VERSION_4 = 0x23
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(10)
client.sendto(bytes([CLIENT_VERSION_4]) + bytes(47), ("127.0.0.1", 123))
answer = client.recv(48)
print("stratum", answer[1])
