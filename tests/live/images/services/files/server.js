// SPDX-License-Identifier: Apache-2.0
// An HTTP service that answers with the digest of a file, computed on another thread.
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');

const server = http.createServer((request, response) => {
  fs.readFile('/etc/os-release', (error, text) => {
    crypto.pbkdf2(text, 'salt', 1000, 16, 'sha256', (failure, digest) => response.end(digest.toString('hex') + '\n'));
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => server.close(() => process.exit(0)));
