// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "profilegen/result.h"

namespace profilegen {

/// Of this process; one bit each (capabilities(7)).
uint64_t effective_capabilities();

/// An Error that names the capabilities which loading BPF tracing programs needs and this process lacks
/// (capabilities(7): CAP_BPF and CAP_PERFMON since Linux 5.8, before that and beyond them CAP_SYS_ADMIN).
Status check_privileges();

}  // namespace profilegen
