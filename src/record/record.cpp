// SPDX-License-Identifier: Apache-2.0
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "blocked_calls.h"
#include "bpf_session.h"
#include "bundles.h"
#include "call_table.h"
#include "cgroups.h"
#include "checkpoints.h"
#include "clock.h"
#include "command.h"
#include "event_dispatch.h"
#include "inspections.h"
#include "late_containers.h"
#include "plan.h"
#include "precedence.h"
#include "profilegen/recorder.h"
#include "progress.h"
#include "results.h"
#include "run_description.h"
#include "running_process.h"
#include "signals.h"
#include "small_file.h"

namespace profilegen {
namespace {

constexpr uint32_t kMostRecordings = 1024;

// An unwanted container's root and mounts are not held, nor what was seen of it.
void forget(Target& target) {
  target.paths = PathResolver(UniqueFd());
  target.namespaces.clear();
  target.mounts.clear();
  target.names_seen.clear();
  target.facts = {};
  target.files = {};
}

class Recorder {
 public:
  Recorder(const RecordOptions& options, Plan plan)
      : options_(options),
        plan_(std::move(plan)),
        epoll_(epoll_create1(EPOLL_CLOEXEC)),
        begin_ns_(monotonic_ns()),
        checkpoints_(options.checkpoint),
        reports_(options, begin_ns_) {}

  Result<RecordOutcome> run();

 private:
  Status prepare();
  Status prepare_processes();
  Status attach();
  Status attach_to_tree();
  void loop();
  void on_readable(int fd);
  void on_signal(const Signals::Arrived& signal);
  void on_command_end();
  void on_time_over();
  void start_timer();
  void decide();
  void note_ends();
  void tell_unknown() const;
  void tell_missing() const;
  bool is_finished();
  RecordOutcome collect();
  [[nodiscard]] uint64_t progress() const;
  void save_checkpoint();
  RecordOutcome finish();
  void watch(int fd) const;
  void say(const std::string& line) const {
    if (options_.say) options_.say(line);
  }

  const RecordOptions& options_;
  Plan plan_;
  std::shared_ptr<Signals> signals_ = std::make_shared<Signals>();
  UniqueFd epoll_;
  UniqueFd timer_;
  uint64_t begin_ns_;
  Checkpoints checkpoints_;
  ProgressReports reports_;
  Targets targets_;
  Bundles bundles_;
  std::shared_ptr<Command> command_;
  std::optional<RunningProcess> process_;
  std::optional<BpfSession> session_;
  std::optional<Inspections> inspections_;
  std::optional<EngineVersions> versions_;
  uint64_t looked_for_living_ns_ = 0;
  std::optional<Precedence> precedence_;
  bool command_ended_ = false;
  bool stop_ = false;
  int exit_status_ = 0;
};

void Recorder::watch(int fd) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
}

Status Recorder::prepare_processes() {
  if (!plan_.words.empty()) {
    auto command = Command::start(plan_.words, signals_->old_mask());
    if (!command) return command.error();
    command_ = std::make_shared<Command>(std::move(*command));
    watch(command_->pidfd());
  }
  if (options_.pid != 0) {
    auto process = RunningProcess::open(options_.pid);
    if (!process) return process.error();
    process_ = std::move(*process);
    watch(process_->pidfd());
  }
  return Done{};
}

Status Recorder::prepare() {
  if (auto prepared = prepare_processes(); !prepared) return prepared;
  if (plan_.containers) precedence_.emplace();  // COMMAND, which waits to be released, keeps its own
  BpfOptions options;
  options.running = process_ || (plan_.containers && plan_.also_running);
  options.containers = plan_.containers;
  if (options_.many_arguments) options.most_argument_values = kMostArgumentValues;
  options.hooks = options_.hooks;
  options.refusals = options_.refusals;
  options.cgroup_hierarchy = container_hierarchy(read_small_file("/proc/self/cgroup"));
  if (plan_.containers) options.most_recordings = kMostRecordings;
  options.sizes = options_.sizes;
  auto session = BpfSession::create(
      options, make_call_table(plan_.containers),
      {[this](const void* data, size_t size) { look_at_event(targets_, bundles_, data, size, begin_ns_); },
       [this](const void* data, size_t size) { dispatch_event(targets_, data, size); }});
  if (!session) return session.error();
  session_ = std::move(*session);
  tell_missing();
  watch(session_->events_fd());
  watch(signals_->fd());
  if (checkpoints_.fd() >= 0) watch(checkpoints_.fd());
  if (plan_.containers) {
    inspections_.emplace(plan_.engines, epoll_.get());
    versions_.emplace(plan_.engines, epoll_.get());
  }
  return Done{};
}

Status Recorder::attach_to_tree() {
  targets_[0] = make_tree_target(begin_ns_, process_ ? process_->pid() : getpid());
  targets_[0]->late = process_.has_value();
  const int pidfd = process_ ? process_->pidfd() : command_->pidfd();
  const int pid = process_ ? process_->pid() : command_->pid();
  if (auto marked = session_->follow_process(pidfd, static_cast<uint32_t>(pid)); !marked) return marked;
  if (auto attached = session_->attach(); !attached || !process_) return attached;
  const auto taken = session_->take_in_running();
  if (!taken) return taken.error();
  add_blocked_calls(targets_, *taken);
  return Done{};
}

Status Recorder::attach() {
  if (!plan_.containers) return attach_to_tree();
  if (!plan_.also_running) return session_->attach();
  // Listed before and after: a container that starts between is in the second list, and one that starts later is seen.
  LateContainers late(*session_, targets_, plan_.engines, begin_ns_);
  if (auto listed = late.register_running(plan_.filter); !listed) return listed;
  if (auto attached = session_->attach(); !attached) return attached;
  if (auto listed = late.register_running(plan_.filter); !listed) return listed;
  return late.take_in();
}

// Which of the new containers are wanted; the others cost nothing from here on.
void Recorder::decide() {
  for (auto& [index, target] : targets_) {
    if (target->wanted != Wanted::unknown) continue;
    target->wanted = plan_.filter.decide(*target);
    if (target->wanted == Wanted::no) {
      session_->ignore(index);
      forget(*target);
    }
    if (target->wanted != Wanted::no && !target->asked) {
      target->asked = true;
      inspections_->ask(*target);
    }
  }
  for (auto& [index, target] : targets_)
    if (target->wanted == Wanted::yes && target->info) versions_->ask(target->info->subject);
  // Whoever has ended and is known has no more facts to come. Looking around takes milliseconds, in which others begin
  // and are gone: of two hundred short ones that started eight at a time on a busy machine two were missed.
  for (auto& [index, target] : targets_)
    if (target->ended && target->wanted == Wanted::yes && target->info && !target->surroundings) {
      look_around(*target);
      session_->look_ahead();
    }
}

void Recorder::on_signal(const Signals::Arrived& signal) {
  if (!command_ || command_ended_)
    stop_ = true;
  else
    command_->pass_on(signal);
}

void Recorder::on_time_over() {
  stop_ = true;
  if (command_ && !command_ended_) say("the time is over, and with it the recording; COMMAND goes on");
}

void Recorder::start_timer() {
  const auto count = options_.duration.count();
  if (count == 0) return;
  timer_.reset(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  itimerspec time{};
  time.it_value = {count / 1'000'000'000, count % 1'000'000'000};
  timerfd_settime(timer_.get(), 0, &time, nullptr);
  watch(timer_.get());
}

void Recorder::on_command_end() {
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, command_->pidfd(), nullptr);
  exit_status_ = command_->wait();
  command_ended_ = true;
  session_->drain_all();
  decide();
  if (!is_finished())
    say("COMMAND has ended, but what it started still runs and is recorded until it stops (Ctrl-C ends the recording)");
}

// The notice of an end may be lost; the count of threads is not, but too high when the kernel skipped an exit's
// program. So they are looked for now and then, too.
void Recorder::note_ends() {
  for (auto& [index, target] : targets_) {
    if (target->ended) continue;
    const auto now = session_->recording(index);
    if (!now || now->live == 0) target->end(monotonic_ns());
  }
  const uint64_t now = monotonic_ns();
  if (now - looked_for_living_ns_ < 1'000'000'000) return;
  looked_for_living_ns_ = now;
  const auto living = session_->living();
  if (!living) return;
  for (auto& [index, target] : targets_)
    if (!living->contains(index)) target->end(now);
}

bool Recorder::is_finished() {
  if (stop_) return true;
  if (!command_ || !command_ended_) return false;
  if (!plan_.follow_after_end) return true;
  note_ends();
  return std::all_of(targets_.begin(), targets_.end(),
                     [](const auto& entry) { return entry.second->ended || entry.second->wanted == Wanted::no; });
}

void Recorder::on_readable(int fd) {
  if (fd == session_->events_fd()) {
    session_->drain();
  } else if (fd == signals_->fd()) {
    while (const auto signal = signals_->next()) on_signal(*signal);
  } else if (timer_ && fd == timer_.get()) {
    on_time_over();
  } else if (process_ && fd == process_->pidfd()) {
    stop_ = true;
  } else if (command_ && fd == command_->pidfd()) {
    on_command_end();
  } else if (fd == checkpoints_.fd()) {
    checkpoints_.take(progress(), [this] { save_checkpoint(); });
  } else if (inspections_ && !inspections_->on_readable(fd)) {
    versions_->on_readable(fd);
  }
}

void Recorder::loop() {
  // Most events wake nobody (bpf/paths.h), and a lost notice of an end must not make us wait for ever.
  constexpr int kCheckMs = 20;
  std::array<epoll_event, 16> ready{};
  while (!is_finished()) {
    const int count = epoll_wait(epoll_.get(), ready.data(), ready.size(), kCheckMs);
    for (int i = 0; i < count; ++i) on_readable(ready[static_cast<size_t>(i)].data.fd);
    session_->drain();
    decide();
    reports_.tell_if_due(targets_, *session_, command_ended_);
  }
}

void Recorder::tell_unknown() const {
  for (const auto& [index, target] : targets_)
    if (target->wanted == Wanted::unknown && !target->id.empty())
      say("container " + target->id.substr(0, 12) + " was gone before " +
          std::string(plan_.engines.size() == 1 ? plan_.engines.front().engine->client : "any engine") +
          " could say who it was: it is not in the recording");
}

void Recorder::tell_missing() const {
  for (const HookChoice& choice : session_->hooks())
    if (!choice.rung)
      say(std::string(choice.fact) + " can't be recorded on this kernel: " + choice.refused.front().reason +
          " (profilegen doctor says more)");
}

RecordOutcome Recorder::collect() {
  for (auto& [index, target] : targets_)
    if (target->wanted == Wanted::yes && !target->surroundings) look_around(*target);
  if (plan_.containers) session_->measure_living();
  take_sets(targets_, *session_);
  RecordOutcome outcome;
  outcome.exit_status = exit_status_;
  outcome.containers = plan_.containers;
  outcome.checkpointed = checkpoints_.has_begun();
  outcome.events = session_->events();
  outcome.recordings = plan_.containers
                           ? container_recordings(targets_, *session_, *versions_)
                           : tree_recordings(targets_, *session_, process_ ? process_->command() : options_.command);
  return outcome;
}

// What there is to save grows with each event, and with each container that becomes known: an engine may answer after
// the last event of one that waits.
uint64_t Recorder::progress() const {
  uint64_t known = session_->progress();
  for (const auto& [index, target] : targets_) {
    if (target->wanted == Wanted::yes) ++known;
    if (target->info) ++known;
  }
  return known;
}

// In a copy of this process, whose state is ours no more.
void Recorder::save_checkpoint() {
  RecordOutcome so_far = collect();
  for (Recording& recording : so_far.recordings)
    for (auto& [id, run] : recording.trace.runs) run.marks.insert(Mark::interrupted);
  if (!so_far.recordings.empty()) options_.save_checkpoint(so_far);
}

RecordOutcome Recorder::finish() {
  checkpoints_.stop();
  // Twice: while the engine answers about some, others may begin.
  for (int pass = 0; pass < 2; ++pass) {
    session_->drain_all();
    decide();
    if (inspections_) inspections_->finish();
    decide();
  }
  tell_unknown();
  RecordOutcome outcome = collect();
  if (command_ && !command_ended_)
    outcome.wait_for_command = [command = command_, signals = signals_] { return command->wait(*signals); };
  return outcome;
}

// Containers that end at once take what tells who they were with them: the recorder has little to do, but has to be in
// time on a machine that is busy. COMMAND has begun and is not concerned; where it is not permitted it stays as it is.
void hurry() { setpriority(PRIO_PROCESS, 0, -10); }

Result<RecordOutcome> Recorder::run() {
  if (auto prepared = prepare(); !prepared) return prepared.error();
  if (auto attached = attach(); !attached) return attached.error();
  if (command_) {
    if (const int reason = command_->release(); reason != 0) {
      command_->wait();
      RecordOutcome outcome;
      outcome.command_started = false;
      outcome.exit_status = reason == ENOENT || reason == ENOTDIR ? 127 : 126;
      outcome.failure = Error{plan_.words.front(), "can't be run", "", reason}.line();
      return outcome;
    }
  }
  hurry();
  if (process_) say("recording process " + std::to_string(process_->pid()) + " and its descendants (Ctrl-C ends it)");
  if (!command_ && !process_) say("recording the containers that match (Ctrl-C ends it)");
  start_timer();
  reports_.begin();
  loop();
  return finish();
}

}  // namespace

Result<RecordOutcome> record(const RecordOptions& options) {
  // Ignored by whoever started us, it would take COMMAND's exit status from us (waitpid(2)).
  std::signal(SIGCHLD, SIG_DFL);
  auto plan = make_plan(options);
  if (!plan) return plan.error();
  return Recorder(options, std::move(*plan)).run();
}

}  // namespace profilegen
