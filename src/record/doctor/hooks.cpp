// SPDX-License-Identifier: Apache-2.0
#include "containers/cgroups.h"
#include "doctor/sections.h"
#include "kernel/bpf_session.h"
#include "kernel/call_table.h"

namespace profilegen {
namespace {

constexpr const char* kHooksSection = "hooks";

// Loads and attaches, for a moment, what a recording would.
Result<std::vector<HookChoice>> try_once(bool containers) {
  BpfOptions options;
  options.containers = containers;
  options.running = true;
  options.try_anew = true;
  options.cgroup_hierarchy = container_hierarchy();
  const auto ignore = [](const void*, size_t) {};
  auto session = BpfSession::create(options, make_call_table(options.containers), {ignore, ignore});
  if (!session) return session.error();
  if (auto attached = session->attach(); !attached) return attached.error();
  return session->hooks();
}

std::string text_of(const Rung& rung) {
  std::string text(rung.hooks);
  if (!rung.blind.empty()) text += "; it does not see: " + std::string(rung.blind);
  return text;
}

// The rung that is used, and the better ones that this kernel refuses.
Findings describe(const HookChoice& choice) {
  const std::string fact(choice.fact);
  Findings findings{{kHooksSection, fact, Health::ok, choice.rung ? text_of(*choice.rung) : "", "", ""}};
  if (!choice.rung)
    findings.front() = {kHooksSection,   fact,
                        Health::limited, "this kernel loads no program for it",
                        "all " + fact,   "use another kernel"};
  for (const Refusal& refused : choice.refused)
    findings.push_back({kHooksSection, fact + "=" + std::string(refused.rung->name), Health::absent,
                        "would be better, but can't be used: " + refused.reason, "", ""});
  return findings;
}

}  // namespace

Trial try_recording() {
  auto whole = try_once(true);
  if (whole) return {std::move(whole), ""};
  return {try_once(false), whole.error().line()};
}

Findings examine_hooks(const Trial& trial) {
  if (!trial.hooks)
    return {{kHooksSection, "trial", Health::missing, trial.hooks.error().line(), "recording",
             "fix what is reported missing above and below; most of it needs root"}};
  Findings findings{{kHooksSection, "trial", Health::ok, "everything loads and attaches", "", ""}};
  if (!trial.containers.empty())
    findings.front() = {kHooksSection,
                        "trial",
                        Health::limited,
                        trial.containers,
                        "recording of containers: only process trees can be recorded",
                        "use a newer kernel"};
  for (const HookChoice& choice : *trial.hooks) {
    const Findings described = describe(choice);
    findings.insert(findings.end(), described.begin(), described.end());
  }
  return findings;
}

}  // namespace profilegen
