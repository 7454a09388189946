// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/result.h"

namespace profilegen {

/// An Error that names the capabilities which this process lacks for loading BPF tracing programs (capabilities(7):
/// CAP_BPF and CAP_PERFMON since Linux 5.8; earlier, and for everything else, CAP_SYS_ADMIN).
Status check_privileges();

}  // namespace profilegen
