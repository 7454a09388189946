// SPDX-License-Identifier: Apache-2.0
// Which engines are installed, whether they answer, and how they confine their containers.
#include <algorithm>

#include "doctor/sections.h"
#include "profilegen/engine.h"

namespace profilegen {
namespace {

constexpr const char* kSection = "engines";

// The engines whose containers can be followed, and others that users may expect here.
std::vector<std::string> clients() {
  std::vector<std::string> names;
  for (const Engine& engine : engines()) names.emplace_back(engine.client);
  for (const char* other : {"podman", "nerdctl", "crictl"})
    if (std::ranges::find(names, other) == names.end()) names.emplace_back(other);
  return names;
}

const Engine* engine_called(const std::string& client) {
  const auto found = std::ranges::find_if(engines(), [&](const Engine& engine) { return engine.client == client; });
  return found == engines().end() ? nullptr : &*found;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string on_or_off(const EngineInfo& info, const std::string& feature) {
  return feature + (info.security.count(feature) != 0 ? " on" : " off");
}

// podman's JSON differs from docker's, and docker reports problems of its daemon within it. parse_engine_info() reads
// both.
Result<EngineInfo> ask(const Machine& machine, const std::string& client, const Engine& engine) {
  const auto answer = machine.output({client, "info", "--format", "{{json .}}"});
  if (!answer) return answer.error();
  auto info = parse_engine_info(*answer, engine);
  if (info && info->version.empty()) return Error{client, "its service does not answer"};
  return info;
}

Finding describe(const std::string& client, const std::string& version, const EngineInfo& info) {
  Finding finding{kSection, client, Health::ok, "", "", ""};
  finding.value = version + "; answers: version " + info.version + ", runtime " + info.default_runtime +
                  ", cgroup driver " + info.cgroup_driver + ", " + on_or_off(info, "seccomp") + ", " +
                  on_or_off(info, "apparmor");
  // Measured with version 20.10.24.
  if (client == "docker" && info.version.starts_with("20.10."))
    finding.value +=
        "; ignores a filter's defaultErrnoRet, so that calls which the filter does not name fail with EPERM";
  if (info.security.count("seccomp") != 0) return finding;
  finding.health = Health::limited;
  finding.lost = "the runtime's calls after it loaded a filter: containers of this engine have no filter";
  finding.remedy = "give `emit` the runtime with --runtime, or use an engine with seccomp";
  return finding;
}

Finding engine_finding(const Machine& machine, const std::string& client) {
  if (!machine.installed(client)) return {kSection, client, Health::absent, "not installed", "", ""};
  const auto told = machine.output({client, "--version"});
  const std::string version = told ? first_line(*told) : "its version is unknown";
  const Engine* engine = engine_called(client);
  if (engine == nullptr)
    return {kSection, client, Health::absent, version + "; its containers are not followed by name", "", ""};
  const auto info = ask(machine, client, *engine);
  if (info) return describe(client, version, *info);
  return {kSection,
          client,
          Health::limited,
          version + "; does not answer: " + info.error().line(),
          "recording of its containers, which can't be identified",
          "start its service, or say where it is"};
}

}  // namespace

Findings examine_engines(const Machine& machine) {
  Findings findings;
  for (const std::string& client : clients()) findings.push_back(engine_finding(machine, client));
  return findings;
}

}  // namespace profilegen
