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

void take_answer(Target& target, const Engine& engine, const Result<std::string>& answer) {
  if (answer) {
    auto containers = parse_inspect(*answer, engine);
    if (containers) target.info = std::move(containers->front());
  }
  if (target.info || target.bundle_config.empty()) return;
  auto described = parse_bundle_config(target.bundle_config, target.id, engine);
  if (described) target.info = std::move(*described);
}

}  // namespace

Inspections::Inspections(const Engine& engine, std::vector<std::string> client, int epoll)
    : engine_(&engine), client_(std::move(client)), epoll_(epoll) {}

void Inspections::ask(Target& target) {
  auto program = Program::start(inspect_command(client_, {target.id}));
  if (!program) return take_answer(target, *engine_, program.error());
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = program->output_fd();
  epoll_ctl(epoll_, EPOLL_CTL_ADD, program->output_fd(), &event);
  open_.push_back({&target, std::move(*program)});
}

void Inspections::close(std::list<Question>::iterator question) {
  epoll_ctl(epoll_, EPOLL_CTL_DEL, question->program.output_fd(), nullptr);
  take_answer(*question->target, *engine_, question->program.finish());
  open_.erase(question);
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

Result<std::vector<ContainerInfo>> inspect(const Engine& engine, std::vector<std::string> client,
                                           const std::vector<std::string>& names) {
  auto answer = run_program(inspect_command(std::move(client), names));
  if (!answer) return answer.error();
  return parse_inspect(*answer, engine);
}

}  // namespace profilegen
