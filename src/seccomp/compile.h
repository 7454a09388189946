// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bpf_machine.h"
#include "profilegen/result.h"
#include "seccomp_file.h"

namespace profilegen::seccomp {

/// What libseccomp makes of a filter without conditions. `standing_for` names calls that it does not know: their rules
/// are compiled for the call that stands for them, and no other rules are.
struct CompileRequest {
  const SeccompFile& file;
  std::vector<Arch> arches;
  std::string standing_for;  ///< empty: all rules, for the calls that they name
  std::string object;        ///< what errors name
};
inline constexpr const char* kStandIn = "getpid";  // in every table, without arguments
Result<BpfMachine> compile(const CompileRequest& request);

/// The inverse of how actions are handed to libseccomp.
SeccompAnswer answer_of(uint32_t returned);

}  // namespace profilegen::seccomp
