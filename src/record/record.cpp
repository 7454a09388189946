// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "checkpoints.h"
#include "containers/bundles.h"
#include "containers/cgroups.h"
#include "containers/inspections.h"
#include "containers/restarts.h"
#include "events/blocked_calls.h"
#include "events/event_dispatch.h"
#include "kernel/bpf_session.h"
#include "kernel/call_table.h"
#include "late_containers.h"
#include "plan.h"
#include "profilegen/process/clock.h"
#include "profilegen/process/command.h"
#include "profilegen/process/epoll.h"
#include "profilegen/process/messages_copy.h"
#include "profilegen/process/own_rights.h"
#include "profilegen/process/precedence.h"
#include "profilegen/process/running_process.h"
#include "profilegen/process/signals.h"
#include "profilegen/recorder.h"
#include "progress.h"
#include "results.h"
#include "run_description.h"

namespace profilegen {
namespace {

constexpr uint32_t kMostRuns = 1024;

class Recorder {
 public:
  Recorder(const RecordOptions& options, Plan plan, Epoll epoll)
      : options_(options),
        plan_(std::move(plan)),
        epoll_(std::move(epoll)),
        begin_ns_(monotonic_ns()),
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
  Status start_timers();
  void decide();
  void note_ends();
  void tell_unknown() const;
  void tell_missing() const;
  [[nodiscard]] bool is_anything_running() const;
  bool is_finished();
  RecordOutcome collect();
  [[nodiscard]] uint64_t progress() const;
  void save_checkpoint();
  RecordOutcome finish();
  void say(const std::string& line) const {
    if (options_.say) options_.say(line);
  }

  const RecordOptions& options_;
  Plan plan_;
  std::shared_ptr<Signals> signals_ = std::make_shared<Signals>();
  Epoll epoll_;
  UniqueFd timer_;
  uint64_t begin_ns_;
  Checkpoints checkpoints_;
  ProgressReports reports_;
  LiveRuns runs_;
  Bundles bundles_;
  std::optional<MessagesCopy> messages_;
  std::shared_ptr<Command> command_;
  std::optional<RunningProcess> process_;
  std::optional<BpfSession> session_;
  std::optional<Inspections> inspections_;
  std::optional<EngineVersions> versions_;
  std::optional<Restarts> restarts_;
  uint64_t looked_for_living_ns_ = 0;
  std::optional<Precedence> precedence_;
  bool command_ended_ = false;
  bool stop_ = false;
  int exit_status_ = 0;
};

Status Recorder::prepare_processes() {
  if (!plan_.words.empty()) {
    if (options_.keep_messages) {
      auto messages = MessagesCopy::start();
      if (!messages) return messages.error();
      messages_.emplace(std::move(*messages));
    }
    auto command = Command::start(plan_.words, signals_->old_mask(), messages_ ? messages_->input() : -1);
    if (!command) return command.error();
    command_ = std::make_shared<Command>(std::move(*command));
    if (auto watched = epoll_.add(command_->pidfd()); !watched) return watched;
  }
  if (options_.pid != 0) {
    auto process = RunningProcess::open(options_.pid);
    if (!process) return process.error();
    process_ = std::move(*process);
    if (auto watched = epoll_.add(process_->pidfd()); !watched) return watched;
  }
  return Done{};
}

Status Recorder::prepare() {
  if (auto prepared = prepare_processes(); !prepared) return prepared;
  precedence_.emplace();  // COMMAND was forked before this, so it keeps its own priority
  BpfOptions options;
  options.running = process_ || (plan_.containers && plan_.also_running);
  options.containers = plan_.containers;
  if (options_.many_arguments) options.most_argument_values = kMostArgumentValues;
  options.hooks = options_.hooks;
  options.refusals = options_.refusals;
  options.cgroup_hierarchy = container_hierarchy();
  if (plan_.containers) options.most_runs = kMostRuns;
  options.sizes = options_.sizes;
  auto session = BpfSession::create(
      options, make_call_table(plan_.containers),
      {[this](const void* data, size_t size) { look_at_event(runs_, bundles_, data, size, begin_ns_); },
       [this](const void* data, size_t size) { dispatch_event(runs_, data, size); }});
  if (!session) return session.error();
  session_ = std::move(*session);
  tell_missing();
  for (const int fd : {session_->events_fd(), signals_->fd()})
    if (auto watched = epoll_.add(fd); !watched) return watched;
  if (plan_.containers) {
    inspections_.emplace(plan_.engines, epoll_);
    versions_.emplace(plan_.engines, epoll_);
    restarts_.emplace(plan_.engines, *session_);
  }
  return Done{};
}

Status Recorder::attach_to_tree() {
  runs_[0] = make_tree_run(begin_ns_, process_ ? process_->pid() : getpid());
  runs_[0]->late = process_.has_value();
  const int pidfd = process_ ? process_->pidfd() : command_->pidfd();
  const int pid = process_ ? process_->pid() : command_->pid();
  if (auto marked = session_->follow_process(pidfd, static_cast<uint32_t>(pid)); !marked) return marked;
  if (auto attached = session_->attach(); !attached || !process_) return attached;
  const auto taken = session_->take_in_running();
  if (!taken) return taken.error();
  add_blocked_calls(runs_, *taken);
  return Done{};
}

Status Recorder::attach() {
  if (!plan_.containers) return attach_to_tree();
  if (!plan_.also_running) return session_->attach();
  // Lists running containers before and after attaching. A container that starts in between is in the second list; the
  // BPF programs see those that start later.
  LateContainers late(*session_, runs_, plan_.engines, begin_ns_);
  if (auto listed = late.register_running(plan_.filter); !listed) return listed;
  if (auto attached = session_->attach(); !attached) return attached;
  if (auto listed = late.register_running(plan_.filter); !listed) return listed;
  return late.take_in();
}

// Decides which new containers are wanted. Unwanted ones cost nothing from here on.
void Recorder::decide() {
  for (auto& [index, live] : runs_) {
    if (live->wanted != Wanted::unknown) continue;
    live->wanted = plan_.filter.decide(*live);
    if (live->wanted == Wanted::no) {
      session_->ignore(index);
      forget(*live);
    }
    if (live->wanted != Wanted::no && !live->asked) {
      live->asked = true;
      inspections_->ask(*live);
    }
  }
  for (auto& [index, live] : runs_)
    if (live->wanted == Wanted::yes && live->info) versions_->ask(live->info->subject);
  if (restarts_) restarts_->tell_new(runs_, options_.say);
  // An ended container that the engine has described yields no more facts. Looking around in it takes milliseconds, in
  // which other containers may start and end. Without look_ahead(), two of two hundred short containers, started eight
  // at a time on a busy machine, were missed.
  for (auto& [index, live] : runs_)
    if (live->ended && live->wanted == Wanted::yes && live->info && !live->surroundings) {
      look_around(*live);
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
  if (command_ && !command_ended_) say("the time is over: the recording ends, COMMAND goes on");
}

// Before COMMAND is released: a time that can't be kept is an error, not a recording without end.
Status Recorder::start_timers() {
  if (options_.duration.count() != 0) {
    auto timer = start_timer(options_.duration, {});
    if (!timer) return timer.error();
    timer_ = std::move(*timer);
    if (auto watched = epoll_.add(timer_.get()); !watched) return watched;
  }
  if (options_.checkpoint.count() == 0) return Done{};
  if (auto started = checkpoints_.start(options_.checkpoint); !started) return started;
  return epoll_.add(checkpoints_.fd());
}

void Recorder::on_command_end() {
  epoll_.remove(command_->pidfd());
  exit_status_ = command_->wait();
  command_ended_ = true;
  session_->drain_all();
  decide();
  if (!is_finished() && is_anything_running())
    say("COMMAND has ended, but what it started still runs and is recorded until it stops (Ctrl-C ends the recording)");
}

// Notices ends also without an event, which may be lost. The count of threads is not lost, but is too high if the
// kernel skipped the program at a thread's exit. So living threads are listed from time to time.
void Recorder::note_ends() {
  for (auto& [index, live] : runs_) {
    if (live->ended) continue;
    const auto now = session_->run(index);
    if (!now || now->live == 0) live->end(monotonic_ns());
  }
  const uint64_t now = monotonic_ns();
  if (now - looked_for_living_ns_ < 1'000'000'000) return;
  looked_for_living_ns_ = now;
  const auto living = session_->living();
  if (!living) return;
  for (auto& [index, live] : runs_)
    if (!living->contains(index)) live->end(now);
}

bool Recorder::is_anything_running() const {
  return std::ranges::any_of(
      runs_, [](const auto& entry) { return !entry.second->ended && entry.second->wanted != Wanted::no; });
}

bool Recorder::is_finished() {
  if (stop_) return true;
  if (!command_ || !command_ended_) return false;
  if (!plan_.follow_after_end) return true;
  note_ends();
  return !is_anything_running() && (!restarts_ || restarts_->are_over(runs_));
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
  // Most events do not wake the recorder (bpf/paths.h), and a lost end event must not make it wait for ever.
  constexpr std::chrono::milliseconds kCheck(20);
  while (!is_finished()) {
    for (const int fd : epoll_.wait(kCheck)) on_readable(fd);
    session_->drain();
    decide();
    reports_.tell_if_due(runs_, *session_, command_ended_);
  }
}

void Recorder::tell_unknown() const {
  for (const auto& [index, live] : runs_)
    if (live->wanted == Wanted::unknown && !live->id.empty())
      say("container " + live->id.substr(0, 12) + " was gone before " +
          std::string(plan_.engines.size() == 1 ? plan_.engines.front().engine->client : "any engine") +
          " could say its name, so it is not in the recording: if you need it, record the command that starts it");
}

void Recorder::tell_missing() const {
  for (const HookChoice& choice : session_->hooks())
    if (!choice.rung)
      say(std::string(choice.fact) + " can't be recorded on this kernel: " + choice.refused.front().reason +
          "; profilegen doctor says what to do");
}

RecordOutcome Recorder::collect() {
  for (auto& [index, live] : runs_)
    if (live->wanted == Wanted::yes && !live->surroundings) look_around(*live);
  if (plan_.containers) session_->measure_living();
  take_sets(runs_, *session_);
  RecordOutcome outcome;
  outcome.exit_status = exit_status_;
  outcome.containers = plan_.containers;
  outcome.checkpointed = checkpoints_.has_begun();
  outcome.events = session_->events();
  // Before the others, whose calls are moved away.
  if (plan_.containers) outcome.unstarted = unstarted_recordings(runs_, *session_, *versions_);
  outcome.recordings = plan_.containers
                           ? container_recordings(runs_, *session_, *versions_)
                           : tree_recordings(runs_, *session_, process_ ? process_->command() : options_.command);
  return outcome;
}

// Grows whenever there is more to save: with each event, and with each container that becomes known. The engine may
// answer after the last event of an idle container.
uint64_t Recorder::progress() const {
  uint64_t known = session_->progress();
  for (const auto& [index, live] : runs_) {
    if (live->wanted == Wanted::yes) ++known;
    if (live->info) ++known;
  }
  return known;
}

// Runs in a forked copy of this process, so it may change the state.
void Recorder::save_checkpoint() {
  RecordOutcome so_far = collect();
  for (Recording& recording : so_far.recordings)
    for (auto& [id, run] : recording.trace.runs) run.marks.insert(Mark::interrupted);
  give_up_rights();  // this copy ends when the user's file is written
  if (!so_far.recordings.empty()) options_.save_checkpoint(so_far);
}

RecordOutcome Recorder::finish() {
  checkpoints_.stop();
  // Twice: other containers may start while the engine answers.
  for (int pass = 0; pass < 2; ++pass) {
    session_->drain_all();
    decide();
    if (inspections_) inspections_->finish();
    decide();
  }
  tell_unknown();
  RecordOutcome outcome = collect();
  if (messages_) outcome.messages = messages_->finish();
  if (command_ && !command_ended_)
    outcome.wait_for_command = [command = command_, signals = signals_] { return command->wait(*signals); };
  return outcome;
}

Result<RecordOutcome> Recorder::run() {
  if (auto prepared = prepare(); !prepared) return prepared.error();
  if (auto attached = attach(); !attached) return attached.error();
  if (auto started = start_timers(); !started) return started.error();
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
  if (process_) say("recording process " + std::to_string(process_->pid()) + " and its descendants (Ctrl-C ends it)");
  if (!command_ && !process_) say("recording the containers that match (Ctrl-C ends it)");
  reports_.begin();
  loop();
  return finish();
}

}  // namespace

Result<RecordOutcome> record(const RecordOptions& options) {
  // If our parent ignores SIGCHLD, we inherit that, and waitpid(2) could not return COMMAND's exit status.
  std::signal(SIGCHLD, SIG_DFL);
  auto plan = make_plan(options);
  if (!plan) return plan.error();
  auto epoll = Epoll::create();
  if (!epoll) return epoll.error();
  const RaisedRights raised;
  return Recorder(options, std::move(*plan), std::move(*epoll)).run();
}

}  // namespace profilegen
