// SPDX-License-Identifier: Apache-2.0
// Records and reruns the HTTP service of the python image while it answers requests.
#pragma once

#include "support/containers.h"

inline const std::string kServiceImage = "profilegen-test/python";

/// The answer of a web server to GET /; empty if there is none.
std::string http_get(const std::string& address, int port);

/// Waits until the service answers, then sends requests from several threads. False if the service ends.
[[nodiscard]] bool serves(const Container& service);

/// Runs `record -- docker run OPTIONS` of the service in the foreground, sends requests, and stops it.
profilegen::Trace record_service(const Scratch& scratch, const Words& options = {});

/// Runs the service with these options, sends requests, and stops it. Returns its exit status; -1 if it never answered.
int serve_with(const Scratch& scratch, const Words& options);
