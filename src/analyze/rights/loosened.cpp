// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>

#include "profilegen/lines.h"
#include "steps.h"

namespace profilegen {
namespace {

constexpr std::string_view kCapAdd = "--cap-add ";

// What would happen if somebody repeated the option beside this policy's flags; nullopt: nothing.
std::optional<std::string_view> effect_of(const std::string& option, const Profile& profile) {
  if (option == "--privileged") return "it would switch the policy off (a device that is needed: --device)";
  if (option.starts_with("--security-opt seccomp")) return "it would replace the filter";
  if (option.starts_with("--security-opt apparmor")) return "it would replace the AppArmor profile";
  if (option.starts_with("--security-opt no-new-privileges"))
    return profile.no_new_privileges ? std::optional<std::string_view>("it would undo no-new-privileges")
                                     : std::nullopt;
  if (!option.starts_with(kCapAdd) || profile.capabilities.contains(option.substr(kCapAdd.size()))) return std::nullopt;
  return "the policy does not grant that";
}

bool is_without_filter(const Run& run) {
  return !run.subject.engine.empty() && !run.subject.seccomp_confined && !run.marks.contains(Mark::attached_late);
}

}  // namespace

void add_loosened(const Trace& trace, Profile& profile) {
  std::set<std::string> options;
  bool unexplained = false;
  for (const auto& [id, run] : trace.runs) {
    options.insert(run.subject.loosened.begin(), run.subject.loosened.end());
    unexplained = unexplained || (is_without_filter(run) && run.subject.loosened.empty());
  }
  for (const std::string& option : options)
    if (const auto effect = effect_of(option, profile))
      profile.notes.push_back(fmt::format("recorded with {}: leave it away when you use docker.flags, since {}",
                                          printable(option), *effect));
  if (unexplained)
    profile.notes.emplace_back(
        "recorded without a seccomp filter: if an option did that (--privileged, --security-opt seccomp=unconfined), "
        "leave it away when you use docker.flags, since it would switch the filter off");
}

}  // namespace profilegen
