// SPDX-License-Identifier: Apache-2.0
#include "common/no_start.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "common/bundle_command.h"
#include "profilegen/capabilities.h"
#include "profilegen/confinement_options.h"
#include "profilegen/floor.h"
#include "profilegen/process/helper_process.h"
#include "profilegen/process/process_status.h"
#include "profilegen/start_failure.h"

namespace profilegen::cli {

namespace {

using Words = std::vector<std::string>;

// podman takes --runtime before `run`, docker and nerdctl behind it.
std::string asked_runtime(const ClientCommand& client, const Words& command) {
  std::string asked;
  Words global = client.client;
  global.erase(global.begin());
  for (const Words& words :
       {global, Words(command.begin() + static_cast<std::ptrdiff_t>(client.after_subcommand), command.end())})
    for (const RunOption& option : run_options(words, 0))
      if (option.name == "--runtime" && option.has_value) asked = option.value;
  return asked;
}

EngineInfo info_of(const ClientCommand& client) {
  Words words = client.client;
  words.insert(words.end(), {"info", "--format", "{{json .}}"});
  const auto answer = run_helper(words);
  const auto info = answer ? parse_engine_info(*answer, *client.engine) : Result<EngineInfo>(answer.error());
  return info ? *info : EngineInfo{};
}

/// The capabilities that nobody on this machine can have, as far as we see it: an engine's own are among ours.
std::set<std::string> beyond_ours(const std::set<std::string>& wanted) {
  const std::string text = status_field(process_status(getpid()), "CapBnd");
  uint64_t ours = 0;
  std::set<std::string> names;
  if (std::from_chars(text.data(), text.data() + text.size(), ours, 16).ec != std::errc()) return names;
  for (const std::string& name : wanted)
    if (const auto number = capability_number(name); number && (ours >> *number & 1) == 0) names.insert(name);
  return names;
}

bool sets_capabilities(const std::vector<LintFinding>& findings) {
  return std::ranges::any_of(
      findings, [](const LintFinding& one) { return one.calls.contains("capset") || one.calls.contains("prctl"); });
}

// "the runtime was refused something" → "crun was refused something"
std::string with_name(std::string cause, const std::string& runtime) {
  constexpr std::string_view general = "the runtime";
  if (!runtime.empty() && cause.starts_with(general)) cause.replace(0, general.size(), runtime);
  return cause;
}

Error named(const StartFailure& failure, const std::string& runtime, const std::set<std::string>& capabilities) {
  Error error{"", with_name(failure.cause, runtime), failure.hint};
  if (failure.kind != StartFailure::Kind::capabilities) return error;
  const auto lacking = beyond_ours(capabilities);
  if (!lacking.empty()) error.what += fmt::format(", as nobody here has {}", fmt::join(lacking, ", "));
  return error;
}

/// What the filter refuses of what this runtime calls before it executes the program.
Result<std::vector<LintFinding>> refused_calls(LintRequest request, const std::string& runtime) {
  if (!runtime.empty() && !find_floor(runtime, "")) return std::vector<LintFinding>{};  // nobody measured it
  request.runtimes.clear();
  if (!runtime.empty()) request.runtimes.insert({runtime, "", false});
  const auto findings = lint_filter(request);
  if (!findings) return findings.error();
  return causes_of_no_start(*findings);
}

}  // namespace

std::string used_runtime(const Words& command, const std::string& messages) {
  const auto client = client_of(command);
  if (!client) return "";
  std::string name = asked_runtime(*client, command);
  if (name.empty()) name = runtime_in_messages(messages);
  if (find_floor(name, "")) return name;
  const EngineInfo info = info_of(*client);
  return std::filesystem::path(runtime_program(info, name.empty() ? info.default_runtime : name)).filename();
}

Result<NoStart> explain_no_start(LintRequest request, const std::string& runtime, const std::string& messages) {
  const auto failure = explain_start_failure(messages);
  const std::set<std::string> capabilities = request.capabilities;
  if (failure && failure->kind == StartFailure::Kind::definite)
    return NoStart{{}, named(*failure, runtime, capabilities)};
  auto refused = refused_calls(std::move(request), runtime);
  if (!refused) return refused.error();
  const bool of_filter = !failure || failure->kind == StartFailure::Kind::refused || sets_capabilities(*refused);
  if (!refused->empty() && of_filter)
    return NoStart{
        std::move(*refused),
        {"", fmt::format("the filter refuses what {} calls first", runtime.empty() ? "the runtime" : runtime),
         "allow the calls that are named above"}};
  if (failure && !failure->hint.empty()) return NoStart{{}, named(*failure, runtime, capabilities)};
  const std::string cause = failure ? with_name(failure->cause, runtime) + ", and not by the filter" : "";
  return NoStart{{}, {"", cause, "the engine's own message says why"}};
}

}  // namespace profilegen::cli
