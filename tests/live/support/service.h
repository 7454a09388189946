// SPDX-License-Identifier: Apache-2.0
// The HTTP service of the python image: recorded, and run again, while it answers requests.
#pragma once

#include "support/containers.h"

inline const std::string kServiceImage = "profilegen-test/python";

/// What a web server answers to GET /; empty when there is none.
std::string http_get(const std::string& address, int port);

/// Waits until the service answers, and asks it some more, from several threads at once. False when it ends instead.
[[nodiscard]] bool serves(const Container& service);

/// `record -- docker run OPTIONS` of the service in the foreground, with requests, until it is stopped.
profilegen::Trace record_service(const Scratch& scratch, const Words& options = {});

/// Runs the service with these options, asks it, stops it. Its exit status; -1 when it never answered.
int serve_with(const Scratch& scratch, const Words& options);
