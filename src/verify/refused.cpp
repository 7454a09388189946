// SPDX-License-Identifier: Apache-2.0
// Of all that was refused in a run: what did the policy refuse that it was not meant to?
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "own_rules.h"
#include "profilegen/analyze.h"
#include "profilegen/arguments.h"
#include "profilegen/capabilities.h"
#include "profilegen/capability_demand.h"
#include "profilegen/paths.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

bool is_meant(const Profile& profile, const CallKey& call, uint32_t errnum) {
  const auto answer = profile.answers.find(call);
  return answer != profile.answers.end() && answer->second == errnum;
}

// The profile answers clone3 with ENOSYS because the application goes on with clone. Whether it has done so this time
// too: then some clone was made.
bool has_not_fallen_back(const Profile& profile, const Trace& run, const CallKey& call) {
  if (call.name != "clone3" || !profile.calls.contains({call.arch, "clone"})) return false;
  const auto clone = syscall_number(call.arch, "clone");
  return clone && !run.syscalls.contains({Phase::app, call.arch, *clone});
}

CallKey call_of(const CapabilityKey& key) {
  if (key.syscall == kNoSyscall) return {key.arch, ""};
  return {key.arch, syscall_label(key.arch, key.syscall)};
}

using Capabilities = std::map<CapabilityKey, CapabilityFact>;

uint64_t times_asked(const Capabilities& denied, uint32_t number) {
  uint64_t times = 0;
  for (const auto& [key, fact] : denied)
    if (key.number == number && !is_refused_demand(key))
      for (const auto& [run, count] : fact.counts) times += count;
  return times;
}

// For reading or searching the kernel checks DAC_READ_SEARCH first, and DAC_OVERRIDE if that is not granted; for
// writing only DAC_OVERRIDE (generic_permission() in fs/namei.c). One of them is enough: the narrower, unless the wider
// was also asked for without it.
void keep_one_of_dac(Capabilities& denied) {
  const uint32_t narrow = capability_number("DAC_READ_SEARCH").value();
  const uint32_t wide = capability_number("DAC_OVERRIDE").value();
  const uint64_t reads = times_asked(denied, narrow);
  const uint64_t all = times_asked(denied, wide);
  if (reads == 0 || all == 0) return;
  const uint32_t needless = all > reads ? narrow : wide;
  std::erase_if(denied,
                [&](const auto& entry) { return entry.first.number == needless && !is_refused_demand(entry.first); });
}

Denial denied_call(const CallKey& call, uint32_t errnum, const First& first) {
  Denial denial;
  denial.kind = Denial::Kind::syscall;
  denial.call = call;
  denial.errnum = errnum;
  denial.first = first;
  return denial;
}

std::string first_object(const CapabilityFact& fact) {
  const auto first = std::ranges::min_element(fact.objects, {}, [](const auto& entry) { return entry.second; });
  return first == fact.objects.end() ? "" : object_text(first->first);
}

Denial denied_capability(const CapabilityKey& key, const CapabilityFact& fact) {
  Denial denial;
  denial.kind = Denial::Kind::capability;
  denial.call = call_of(key);
  denial.capability = capability_name(key.number);
  denial.first = fact.first;
  denial.object = first_object(fact);
  if (is_refused_demand(key)) denial.demanding = key.call_site.empty() ? "a set" : key.call_site;
  return denial;
}

Denial refused_change(const FileKey& key, const FileFact& fact) {
  Denial denial;
  denial.kind = Denial::Kind::change;
  denial.change = key;
  denial.fact = fact;
  denial.first = fact.first;
  return denial;
}

void add_call(const InForce& policy, const DeniedKey& key, const Evidence& evidence, const Refusals& refused,
              Refused& found) {
  const CallKey call{key.arch, syscall_label(key.arch, key.number)};
  Denial denial = denied_call(call, key.errnum, evidence.first);
  const bool meant =
      is_meant(policy.profile, call, key.errnum) && !has_not_fallen_back(policy.profile, policy.run, call);
  const FilterVerdict verdict = judge_call(policy, key, refused.arguments);
  if (meant || !verdict.refuses) return found.others.push_back(std::move(denial));
  if (policy.profile.arguments.contains(call)) denial.arguments = "with other arguments than were recorded";
  if (verdict.with != nullptr) {
    denial.exact = true;
    denial.first = verdict.with->first;
    denial.arguments = fmt::format("{}{}{}", arguments_text(key.arch, key.number, verdict.with->values),
                                   denial.arguments.empty() ? "" : ", ", denial.arguments);
  }
  found.denials.push_back(std::move(denial));
}

void add_capabilities_of(const Profile& profile, const Trace& run, const Refusals& refused, Refused& found) {
  Capabilities denied = denied_capabilities(run);
  keep_one_of_dac(denied);
  for (const auto& [key, fact] : denied) {
    Denial denial = denied_capability(key, fact);
    const bool others = grants(profile, denial.capability) || profile.denied_capabilities.contains(denial.capability);
    (others ? found.others : found.denials).push_back(std::move(denial));
  }
  Trace given_up;
  given_up.capabilities = refused.given_up;
  for (const auto& [key, fact] : denied_capabilities(given_up)) found.others.push_back(denied_capability(key, fact));
}

bool is_asked(const Profile& profile, const std::string& path) {
  return std::ranges::any_of(profile.asked, [&](const std::string& known) {
    return known.ends_with('/') ? path.starts_with(known) : path == known;
  });
}

void add_changes(const InForce& policy, const Refusals& refused, Refused& found) {
  refused.files([&](const FileKey& key, const FileFact& fact) {
    if (is_python_bytecode(key.path)) return;  // Python does without, so no policy allows it
    const bool meant = key.op == FileOp::ASK_WRITE && is_asked(policy.profile, key.path);
    const bool own = is_own_refusal(policy, key, fact) && !meant;
    (own ? found.denials : found.others).push_back(refused_change(key, fact));
  });
  refused.barred([&](const FileKey& key, const FileFact& fact) {
    if (!is_python_bytecode(key.path)) found.others.push_back(refused_change(key, fact));
  });
}

}  // namespace

Refused find_refused(const Profile& profile, const SeccompEffect& filter, const Trace& run, const Refusals& refused) {
  const InForce policy{profile, filter, run};
  Refused found;
  for (const auto& [key, evidence] : run.denied) add_call(policy, key, evidence, refused, found);
  add_capabilities_of(profile, run, refused, found);
  add_changes(policy, refused, found);
  return found;
}

std::string others_text(const std::vector<Denial>& others) {
  if (others.empty()) return "";
  return fmt::format(
      "{} {} by permissions, by the program's own filter or by rights that it gave up, as in the recording: nothing to "
      "do "
      "(-v lists them)",
      others.size(), others.size() == 1 ? "refusal" : "refusals");
}

}  // namespace profilegen
