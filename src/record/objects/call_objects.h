// SPDX-License-Identifier: Apache-2.0
// What a capability was used for in calls that name no file: processes, ports, sockets, ids, limits.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "objects/accounts.h"
#include "objects/asked_call.h"
#include "objects/processes.h"

namespace profilegen {

using FindProcess = std::function<std::optional<FoundProcess>(uint32_t pid_ns, uint32_t number)>;

/// Without CapabilityObject::user. Empty for a call of which nothing more can be told than its name.
std::vector<CapabilityObject> objects_of_call(const AskedCall& call, Accounts& accounts, const FindProcess& find);

}  // namespace profilegen
