// SPDX-License-Identifier: Apache-2.0
#include "containers/inspections.h"

#include <algorithm>
#include <cctype>

namespace profilegen {
namespace {

bool take_answer(LiveRun& live, const Engine& engine, const Result<std::string>& answer) {
  if (!answer) return false;
  auto containers = parse_inspect(*answer, engine);
  if (!containers) return false;
  live.info = std::move(containers->front());
  if (!live.bundle_config.empty()) complete_from_bundle(*live.info, live.bundle_config, engine);
  return true;
}

// No engine knows the container any more. Uses what its files said when it started.
void take_files(LiveRun& live, const Engine& engine) {
  if (live.bundle_config.empty()) return;
  auto bundle = parse_bundle_config(live.bundle_config, container_id_in(live.id), engine);
  if (!bundle || take_answer(live, engine, Result<std::string>(live.engine_files))) return;
  live.info = std::move(*bundle);
}

// As engines take names. A trace is stored under it, so it must not lead to another directory.
bool is_container_name(const std::string& name) {
  constexpr size_t longest = 128;
  const auto fits = [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_' || letter == '-' || letter == '.';
  };
  return !name.empty() && name.size() <= longest && name.front() != '.' && std::ranges::all_of(name, fits);
}

// A user's own engine is an authority about that user's containers only, so their names say whose they are.
void mark(LiveRun& live) {
  if (!live.foreign || !live.info) return;
  live.info->subject.container_id = live.id;
  std::string& name = live.info->subject.container_name;
  name = is_container_name(name) ? name + ".uid" + std::to_string(*live.foreign) : live.id;
}

}  // namespace

Inspections::Inspections(std::vector<EngineClient> engines, const Epoll& epoll)
    : engines_(std::move(engines)), epoll_(epoll) {}

void Inspections::ask(LiveRun& live) { ask(live, 0); }

const EngineClient& Inspections::engine(const LiveRun& live, size_t turn) const {
  const auto named = std::ranges::find(engines_, live.engine, &EngineClient::engine);
  const auto first = named == engines_.end() ? size_t{0} : static_cast<size_t>(named - engines_.begin());
  if (turn == 0) return engines_[first];
  return engines_[turn <= first ? turn - 1 : turn];
}

void Inspections::ask(LiveRun& live, size_t turn) {
  if (live.foreign) turn = engines_.size();  // they would tell about another container with the id that it claims
  for (; turn < engines_.size(); ++turn) {
    auto helper = HelperProcess::start(inspect_command(engine(live, turn).client, {live.id}));
    if (!helper) continue;
    static_cast<void>(epoll_.add(helper->output_fd()));  // without it the answer is taken by finish(), at the end
    open_.push_back({&live, turn, std::move(*helper)});
    return;
  }
  take_files(live, *engine(live, 0).engine);
  mark(live);
}

void Inspections::close(std::list<Question>::iterator question) {
  epoll_.remove(question->helper.output_fd());
  const auto answer = question->helper.finish();
  LiveRun& live = *question->live;
  const size_t turn = question->turn;
  open_.erase(question);
  if (!take_answer(live, *engine(live, turn).engine, answer)) ask(live, turn + 1);
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

}  // namespace profilegen
