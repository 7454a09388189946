// SPDX-License-Identifier: Apache-2.0
#include "support/recorded.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

std::set<std::string> calls_of(const Trace& trace, bool app) {
  std::set<std::string> names;
  for (const auto& [key, evidence] : trace.syscalls)
    if ((key.phase == Phase::app) == app && key.arch == native_arch())
      names.insert(syscall_label(key.arch, key.number));
  return names;
}

}  // namespace

Words environment() {
  Words kept;
  for (const char* name : {"DOCKER_HOST", "HOME", "PROFILEGEN_CACHE"})
    if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
  return kept;
}

Scratch::Scratch() {
  std::string name = (fs::temp_directory_path() / "profilegen-live.XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory can be made: " + name);
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Outcome Scratch::run(const Words& command) const { return run_program({command, path_, "", environment()}); }

Outcome Scratch::profilegen(const Words& arguments) const {
  Words command{PROFILEGEN};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command);
}

void Scratch::write(const std::string& file, const std::string& text) const {
  std::ofstream(path_ + "/" + file, std::ios::binary) << text;
}

std::string Scratch::read(const std::string& file) const {
  std::ifstream stream(path_ + "/" + file, std::ios::binary);
  REQUIRE(stream);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

bool Scratch::exists(const std::string& file) const { return fs::exists(path_ + "/" + file); }

Trace Scratch::record(const Words& command, const Words& options, int status) const {
  Words arguments{"record"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), command.begin(), command.end());
  const Outcome outcome = profilegen(arguments);
  INFO(outcome.out << outcome.err);
  REQUIRE(outcome.status == status);
  return trace();
}

Trace Scratch::trace(const std::string& file) const {
  const auto loaded = load_trace(path_ + "/" + file);
  if (!loaded) FAIL(loaded.error().line());
  for (const auto& [id, run] : loaded->runs) REQUIRE(run.loss == std::map<std::string, uint64_t>{});
  return *loaded;
}

Profile Scratch::emit(const Words& options) const {
  Words arguments{"emit", "profilegen-trace.json"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Outcome outcome = profilegen(arguments);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto profile = load_profile(path_ + "/profilegen-out/profile.json");
  if (!profile) FAIL(profile.error().line());
  return *profile;
}

std::string prog(const std::string& name) { return std::string(PROFILEGEN_PROGS) + "/" + name; }

std::set<std::string> app_calls(const Trace& trace) { return calls_of(trace, true); }
std::set<std::string> runtime_calls(const Trace& trace) { return calls_of(trace, false); }

std::set<std::string> writes(const Trace& trace) {
  std::set<std::string> found;
  for (const auto& [key, fact] : trace.files)
    if (file_op_writes(key.op)) found.insert(std::string(file_op_name(key.op)) + " " + key.path);
  return found;
}

std::set<std::string> without(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::set<std::string> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
  return rest;
}

const Run& only_run(const Trace& trace) {
  REQUIRE(trace.runs.size() == 1);
  return trace.runs.begin()->second;
}
