// SPDX-License-Identifier: Apache-2.0
#include "containers/runtime_versions.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "profilegen/process/helper_process.h"

namespace profilegen {

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

RuntimeVersions::RuntimeVersions(const EngineClient& engine) : engine_(engine), asker_(getpid()) {
  start(info_command());
}

std::vector<std::string> RuntimeVersions::info_command() const {
  auto words = engine_.client;
  words.insert(words.end(), {"info", "--format", "{{json .}}"});
  return words;
}

void RuntimeVersions::start(const std::vector<std::string>& words) {
  auto helper = HelperProcess::start(words);
  if (helper) open_.emplace(std::move(*helper));
}

void RuntimeVersions::read_some() {
  if (open_ && !open_->read_some()) take_answer();
}

// The first answer is the engine's own, the second that of its default runtime.
void RuntimeVersions::take_answer() {
  const auto answer = open_->finish();
  open_.reset();
  if (is_informed_) {
    take_version(info_.default_runtime, answer);
    return;
  }
  take_info(answer);
  if (!info_.default_runtime.empty()) start({runtime_program(info_, info_.default_runtime), "--version"});
}

void RuntimeVersions::take_info(const Result<std::string>& answer) {
  is_informed_ = true;
  if (!answer) return;
  auto info = parse_engine_info(*answer, *engine_.engine);
  if (info) info_ = std::move(*info);
}

bool RuntimeVersions::take_version(const std::string& engines_name, const Result<std::string>& answer) {
  if (!answer) return false;
  auto [name, version] = parse_runtime_version(*answer);
  if (version.empty()) return false;
  known_[engines_name] = {std::move(name), std::move(version)};
  return true;
}

const RuntimeVersions::Runtime& RuntimeVersions::ask(const std::string& engines_name) {
  const auto known = known_.find(engines_name);
  if (known != known_.end()) return known->second;
  for (const std::string& program :
       {runtime_program(info_, engines_name), runtime_program(info_, info_.default_runtime)})
    if (!program.empty() && take_version(engines_name, run_helper({program, "--version"}))) return known_[engines_name];
  return known_[engines_name] = {engines_name, ""};
}

void RuntimeVersions::complete(Subject& subject) {
  if (asker_ != getpid()) open_.reset();
  while (open_) take_answer();
  if (!is_informed_) take_info(run_helper(info_command()));
  subject.engine_version = info_.version;
  const Runtime& runtime = ask(subject.runtime.empty() ? info_.default_runtime : subject.runtime);
  subject.runtime = runtime.name;
  subject.runtime_version = runtime.version;
}

const EngineClient& EngineVersions::engine_of(const Subject& subject) const {
  const auto answered =
      std::ranges::find_if(engines_, [&](const EngineClient& one) { return one.engine->name == subject.engine; });
  return answered == engines_.end() ? engines_.front() : *answered;
}

RuntimeVersions* EngineVersions::find(const EngineClient& engine) {
  const auto known = std::ranges::find_if(asked_, [&](const RuntimeVersions& one) { return &one.engine() == &engine; });
  return known == asked_.end() ? nullptr : &*known;
}

void EngineVersions::ask(const Subject& subject) {
  const EngineClient& engine = engine_of(subject);
  if (!find(engine)) watch(asked_.emplace_back(engine));
}

void EngineVersions::watch(const RuntimeVersions& versions) const {
  // What can't be watched is read by complete(), at the end.
  if (versions.fd() >= 0) static_cast<void>(epoll_.add(versions.fd()));
}

bool EngineVersions::on_readable(int fd) {
  for (RuntimeVersions& versions : asked_) {
    if (versions.fd() != fd) continue;
    epoll_.remove(fd);  // the next answer comes through another descriptor
    versions.read_some();
    watch(versions);
    return true;
  }
  return false;
}

// May be called in a copy of the recorder (checkpoints.h), which shares its epoll: nothing is watched from here.
void EngineVersions::complete(Subject& subject) {
  const EngineClient& engine = engine_of(subject);
  subject.engine = engine.engine->name;
  RuntimeVersions* known = find(engine);
  (known ? *known : asked_.emplace_back(engine)).complete(subject);
}

}  // namespace profilegen
