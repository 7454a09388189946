// SPDX-License-Identifier: Apache-2.0
// Which paths may be lost at any stop of a container, by their names alone.
#pragma once

#include <string_view>

namespace profilegen {

/// Whether programs expect that the path is lost at a stop: temporary files, the state of running processes, caches.
bool may_be_lost(std::string_view path);
/// Whether the path is /run or below it.
bool is_run_state(std::string_view path);
/// Whether the file tells of a running process: a pid file or a lock file. After a stop it is wrong.
bool is_of_a_process(std::string_view path);

}  // namespace profilegen
