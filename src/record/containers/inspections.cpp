// SPDX-License-Identifier: Apache-2.0
#include "containers/inspections.h"

#include <algorithm>

namespace profilegen {
namespace {

std::vector<std::string> inspect_command(std::vector<std::string> client, const std::vector<std::string>& names) {
  client.insert(client.end(), {"inspect", "--type", "container"});
  client.insert(client.end(), names.begin(), names.end());
  return client;
}

bool take_answer(Target& target, const Engine& engine, const Result<std::string>& answer) {
  if (!answer) return false;
  auto containers = parse_inspect(*answer, engine);
  if (!containers) return false;
  target.info = std::move(containers->front());
  if (!target.bundle_config.empty()) complete_from_bundle(*target.info, target.bundle_config, engine);
  return true;
}

// No engine knows the container any more. Uses what its files said when it started.
void take_files(Target& target, const Engine& engine) {
  if (target.bundle_config.empty()) return;
  auto bundle = parse_bundle_config(target.bundle_config, target.id, engine);
  if (!bundle || take_answer(target, engine, Result<std::string>(target.engine_files))) return;
  target.info = std::move(*bundle);
}

}  // namespace

Inspections::Inspections(std::vector<EngineClient> engines, const Epoll& epoll)
    : engines_(std::move(engines)), epoll_(epoll) {}

void Inspections::ask(Target& target) { ask(target, 0); }

const EngineClient& Inspections::engine(const Target& target, size_t turn) const {
  const auto named = std::ranges::find(engines_, target.engine, &EngineClient::engine);
  const auto first = named == engines_.end() ? size_t{0} : static_cast<size_t>(named - engines_.begin());
  if (turn == 0) return engines_[first];
  return engines_[turn <= first ? turn - 1 : turn];
}

void Inspections::ask(Target& target, size_t turn) {
  for (; turn < engines_.size(); ++turn) {
    auto helper = HelperProcess::start(inspect_command(engine(target, turn).client, {target.id}));
    if (!helper) continue;
    static_cast<void>(epoll_.add(helper->output_fd()));  // without it the answer is taken by finish(), at the end
    open_.push_back({&target, turn, std::move(*helper)});
    return;
  }
  take_files(target, *engine(target, 0).engine);
}

void Inspections::close(std::list<Question>::iterator question) {
  epoll_.remove(question->helper.output_fd());
  const auto answer = question->helper.finish();
  Target& target = *question->target;
  const size_t turn = question->turn;
  open_.erase(question);
  if (!take_answer(target, *engine(target, turn).engine, answer)) ask(target, turn + 1);
}

bool Inspections::on_readable(int fd) {
  for (auto question = open_.begin(); question != open_.end(); ++question) {
    if (question->helper.output_fd() != fd) continue;
    if (!question->helper.read_some()) close(question);
    return true;
  }
  return false;
}

void Inspections::finish() {
  while (!open_.empty()) close(open_.begin());
}

Result<std::vector<ContainerInfo>> inspect(const EngineClient& engine, const std::vector<std::string>& names) {
  auto answer = run_helper(inspect_command(engine.client, names));
  if (!answer) return answer.error();
  return parse_inspect(*answer, *engine.engine);
}

}  // namespace profilegen
