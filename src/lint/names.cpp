// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "checks.h"
#include "profilegen/diff.h"
#include "profilegen_data.h"
#include "rule_names.h"

namespace profilegen::lint {
namespace {

// Releases up to this one are no longer in use on systems that are supported.
constexpr const char* kOldest = "2.5.2";
const char* const kUnnamedCall = "#4095";  // above every number in any table

/// The first release of libseccomp that has a name for the call, for those that not all releases have. The data is
/// compiled in, so a mistake in it is our own bug.
const std::map<std::string, std::string>& first_releases() {
  static const std::map<std::string, std::string> releases = [] {
    std::map<std::string, std::string> read;
    const auto file = nlohmann::json::parse(data::libseccomp_json);
    for (const auto& [release, calls] : file.at("calls").items())
      for (const auto& call : calls) read[call] = release;
    return read;
  }();
  return releases;
}

bool is_known(const std::string& name) {
  if (libseccomp_names(name) || first_releases().contains(name)) return true;
#define ARCH(id, ...) \
  if (syscall_number(Arch::id, name)) return true;
#include "profilegen/arches.def"
#undef ARCH
  return false;
}

/// Whether the call is let through, or refused, by its rules alone: the default does the contrary.
bool is_decided_by_rule(const SeccompEffect& effect, const std::string& name) {
  const SeccompAnswer otherwise = effect.answer({effect.native(), kUnnamedCall}, {});
  const CallKey call{effect.native(), name};
  return syscall_number(effect.native(), name) && diff::lets_any_through(effect, call) != otherwise.lets_through();
}

}  // namespace

void check_names(const std::string& text, const SeccompEffect& effect, Findings& findings) {
  std::map<std::string, std::set<std::string>> nameless;
  std::set<std::string> unknown;
  for (const std::string& name : rule_names(text).names) {
    if (!is_known(name)) unknown.insert(name);
    const auto first = first_releases().find(name);
    if (first != first_releases().end() && first->second > kOldest && is_decided_by_rule(effect, name))
      nameless[first->second].insert(name);
  }
  const std::string otherwise = answer_text(effect.answer({effect.native(), kUnnamedCall}, {}));
  for (const auto& [release, calls] : nameless)
    findings.push_back({LintRule::nameless,
                        "",
                        {},
                        fmt::format("libseccomp before {} has no name for these: runtimes with it leave the rules out, "
                                    "and the default answers ({})",
                                    release, otherwise),
                        calls,
                        ""});
  if (!unknown.empty())
    findings.push_back({LintRule::unknown_name,
                        "",
                        {},
                        "no table of calls has these names: runc leaves them out silently, crun with a warning",
                        unknown,
                        ""});
}

}  // namespace profilegen::lint
