// SPDX-License-Identifier: Apache-2.0
#include "profilegen/companions.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "profilegen_data.h"

namespace profilegen {
namespace {

struct Companion {
  std::string call;
  std::string trigger;
  std::string reason;
};

// The data is compiled in and the tests load all of it, so a mistake in it is our own bug.
std::vector<Companion> load_companions() {
  std::vector<Companion> all;
  const auto file = nlohmann::json::parse(data::companions_json);
  for (const auto& group : file.at("companions"))
    for (const auto& call : group.at("calls")) all.push_back({call, group.at("trigger"), group.at("why")});
  return all;
}

const std::vector<Companion>& companions() {
  static const std::vector<Companion> data = load_companions();
  return data;
}

}  // namespace

std::set<std::string> companions_of(std::string_view trigger, Arch arch) {
  std::set<std::string> calls;
  for (const Companion& companion : companions())
    if (companion.trigger == trigger && syscall_number(arch, companion.call)) calls.insert(companion.call);
  return calls;
}

void add_companions(std::string_view trigger, Arch arch, Profile& profile) {
  for (const std::string& call : companions_of(trigger, arch))
    add_needed(profile.calls[{arch, call}], {NeededBy::companion});
}

std::string_view companion_reason(std::string_view call) {
  for (const Companion& companion : companions())
    if (companion.call == call) return companion.reason;
  return "";
}

bool is_companion(const std::set<NeededBy>& who) { return who.contains(NeededBy::companion); }

void add_needed(std::set<NeededBy>& known, const std::set<NeededBy>& more) {
  known.insert(more.begin(), more.end());
  if (known.size() > 1) known.erase(NeededBy::companion);
}

Profile without_companions(Profile profile) {
  std::erase_if(profile.calls, [](const auto& call) { return is_companion(call.second); });
  return profile;
}

}  // namespace profilegen
