// SPDX-License-Identifier: Apache-2.0
#include "containers/runtime_versions.h"

#include <cctype>

#include "profilegen/process/helper_process.h"

namespace profilegen {
namespace {

constexpr std::string_view kShimOfRunc = "io.containerd.runc.";

}  // namespace

std::pair<std::string, std::string> parse_runtime_version(const std::string& text) {
  // The text begins with "runc version 1.1.5+ds1" or "crun version 1.8.1".
  const std::string word = " version ";
  const size_t at = text.find(word);
  if (at == std::string::npos) return {};
  const size_t begin = at + word.size();
  size_t end = begin;
  while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) != 0 || text[end] == '.')) ++end;
  return {text.substr(0, at), text.substr(begin, end - begin)};
}

RuntimeVersions::RuntimeVersions(const EngineClient& engine) {
  auto client = engine.client;
  client.insert(client.end(), {"info", "--format", "{{json .}}"});
  const auto answer = run_helper(client);
  if (!answer) return;
  auto info = parse_engine_info(*answer, *engine.engine);
  if (info) info_ = std::move(*info);
}

const RuntimeVersions::Runtime& RuntimeVersions::ask(const std::string& engines_name) {
  const auto [place, is_new] = known_.try_emplace(engines_name);
  if (!is_new) return place->second;
  place->second.name = engines_name;
  const auto listed = info_.runtimes.find(engines_name);
  const bool is_program = listed != info_.runtimes.end() && !listed->second.empty();
  // podman accepts any program name or path. containerd's names for runc ("io.containerd.runc.v2") are not programs.
  for (const std::string& program : {is_program ? listed->second : engines_name, info_.default_runtime}) {
    if (program.empty()) continue;
    const auto answer = run_helper({program.starts_with(kShimOfRunc) ? "runc" : program, "--version"});
    if (!answer) continue;
    auto [name, version] = parse_runtime_version(*answer);
    if (version.empty()) continue;
    place->second = {std::move(name), std::move(version)};
    break;
  }
  return place->second;
}

void RuntimeVersions::complete(Subject& subject) {
  subject.engine_version = info_.version;
  const Runtime& runtime = ask(subject.runtime.empty() ? info_.default_runtime : subject.runtime);
  subject.runtime = runtime.name;
  subject.runtime_version = runtime.version;
}

}  // namespace profilegen
