// SPDX-License-Identifier: Apache-2.0
#include "inspections.h"

#include <sys/epoll.h>

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
  if (containers) target.info = std::move(containers->front());
  return target.info.has_value();
}

// No engine knows it any more.
void take_bundle_config(Target& target, const Engine& engine) {
  if (target.bundle_config.empty()) return;
  auto described = parse_bundle_config(target.bundle_config, target.id, engine);
  if (described) target.info = std::move(*described);
}

}  // namespace

Inspections::Inspections(std::vector<EngineClient> engines, int epoll) : engines_(std::move(engines)), epoll_(epoll) {}

void Inspections::ask(Target& target) { ask(target, 0); }

void Inspections::ask(Target& target, size_t engine) {
  for (; engine < engines_.size(); ++engine) {
    auto program = Program::start(inspect_command(engines_[engine].client, {target.id}));
    if (!program) continue;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = program->output_fd();
    epoll_ctl(epoll_, EPOLL_CTL_ADD, program->output_fd(), &event);
    open_.push_back({&target, engine, std::move(*program)});
    return;
  }
  take_bundle_config(target, *engines_.front().engine);
}

void Inspections::close(std::list<Question>::iterator question) {
  epoll_ctl(epoll_, EPOLL_CTL_DEL, question->program.output_fd(), nullptr);
  const auto answer = question->program.finish();
  Target& target = *question->target;
  const size_t engine = question->engine;
  open_.erase(question);
  if (!take_answer(target, *engines_[engine].engine, answer)) ask(target, engine + 1);
}

bool Inspections::on_readable(int fd) {
  for (auto question = open_.begin(); question != open_.end(); ++question) {
    if (question->program.output_fd() != fd) continue;
    if (!question->program.read_some()) close(question);
    return true;
  }
  return false;
}

void Inspections::finish() {
  while (!open_.empty()) close(open_.begin());
}

Result<std::vector<ContainerInfo>> inspect(const EngineClient& engine, const std::vector<std::string>& names) {
  auto answer = run_program(inspect_command(engine.client, names));
  if (!answer) return answer.error();
  return parse_inspect(*answer, *engine.engine);
}

}  // namespace profilegen
