// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bpf_machine.h"
#include "profilegen/result.h"
#include "seccomp_file.h"

namespace profilegen::seccomp {

/// Compiles a filter without conditions with libseccomp. With `standing_for`, a name that libseccomp does not know,
/// only the rules for that name are compiled, and under the stand-in call's name.
struct CompileRequest {
  const SeccompFile& file;
  std::vector<Arch> arches;
  std::string standing_for;  ///< empty: all rules, each for the calls that it names
  std::string object;        ///< how errors name the file
};
inline constexpr const char* kStandIn = "getpid";  // every table has it, and it takes no arguments
Result<BpfMachine> compile(const CompileRequest& request);

/// Turns a filter's return value back into an answer: the inverse of how actions are passed to libseccomp.
SeccompAnswer answer_of(uint32_t returned);

}  // namespace profilegen::seccomp
