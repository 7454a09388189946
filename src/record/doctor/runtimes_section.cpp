// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "containers/runtime_versions.h"
#include "doctor/sections.h"
#include "profilegen/syscalls.h"

namespace profilegen {
namespace {

// runc prints "libseccomp: 2.5.4". crun prints only "+SECCOMP", without a version.
std::string libseccomp_of(const std::string& text) {
  const std::string key = "libseccomp: ";
  if (const size_t at = text.find(key); at != std::string::npos)
    return "libseccomp " + text.substr(at + key.size(), text.find('\n', at) - at - key.size());
  return text.find("+SECCOMP") != std::string::npos ? "libseccomp of an unknown version" : "";
}

Finding runtime_finding(const Machine& machine, const std::string& program) {
  if (!machine.installed(program)) return {"runtimes", program, Health::absent, "not installed", "", ""};
  const auto text = machine.output({program, "--version"});
  if (!text) return {"runtimes", program, Health::unknown, text.error().line(), "", ""};
  const std::string version = parse_runtime_version(*text).second;
  const std::string filter = libseccomp_of(*text);
  if (!filter.empty()) return {"runtimes", program, Health::ok, version + ", " + filter, "", ""};
  return {"runtimes",
          program,
          Health::limited,
          version + ", without libseccomp",
          "its containers have no filter: an emitted one has no effect",
          "install a build with seccomp"};
}

// Checks the libseccomp of this machine. Runtimes use it too, unless they were built with their own.
Finding library_finding() {
  std::vector<std::string> nameless;
  for (const KnownSyscall& call : known_syscalls(native_arch()))
    if (!libseccomp_names(call.name)) nameless.push_back(call.name);
  const std::string version = libseccomp_version();
  if (nameless.empty()) return {"runtimes", "libseccomp", Health::ok, version + "; has a name for every call", "", ""};
  return {"runtimes",
          "libseccomp",
          Health::ok,
          fmt::format("{}; a runtime with it can't let these calls through: {}", version, fmt::join(nameless, " ")),
          "",
          ""};
}

}  // namespace

Findings examine_runtimes(const Machine& machine) {
  return {runtime_finding(machine, "runc"), runtime_finding(machine, "crun"), library_finding()};
}

}  // namespace profilegen
