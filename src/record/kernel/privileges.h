// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "profilegen/result.h"

namespace profilegen {

/// The effective capabilities of this process, one bit each (capabilities(7)).
uint64_t effective_capabilities();

/// An Error that names the capabilities which this process lacks for loading BPF tracing programs (capabilities(7):
/// CAP_BPF and CAP_PERFMON since Linux 5.8; earlier, and for everything else, CAP_SYS_ADMIN).
Status check_privileges();

}  // namespace profilegen
