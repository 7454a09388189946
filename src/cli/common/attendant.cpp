// SPDX-License-Identifier: Apache-2.0
#include "common/attendant.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <thread>
#include <utility>

#include "profilegen/process/command.h"
#include "profilegen/process/helper_process.h"

namespace profilegen::cli {

namespace {

using Clock = std::chrono::steady_clock;
using End = Attended::End;

constexpr std::chrono::milliseconds kLookPeriod(200);
// A container without a health check is up when it runs this long: a check can tell more than that.
constexpr std::chrono::seconds kUpForCheck(1);
constexpr std::chrono::seconds kUpAlone(10);
// So long a check that fails is run again, because the service may not be ready yet.
constexpr std::chrono::seconds kPatience(30);
constexpr std::chrono::seconds kBetweenChecks(1);
constexpr int kSeeTheEnd = 3000;  // milliseconds until the end of a container was seen here, too

/// Runs in the attendant's process.
class Watch {
 public:
  Watch(const Attendance& wish, const EngineClient& client, int answers)
      : wish_(wish), client_(client), answers_(answers) {}

  void run(const std::string& cidfile) {
    id_ = wait_for_id(cidfile);
    while (!look().lives) std::this_thread::sleep_for(kLookPeriod);
    tell(is_up() && !wish_.check.empty() ? checked() : seen_);
    std::vector<std::string> stop = client_.client;
    stop.insert(stop.end(), {"stop", id_});
    (void)run_helper(stop);  // if that fails, the user must stop it: the recording goes on meanwhile
  }

 private:
  static std::string wait_for_id(const std::string& cidfile) {
    while (true) {
      std::ifstream file(cidfile);
      if (std::string id; file >> id) return id;
      std::this_thread::sleep_for(kLookPeriod);
    }
  }

  [[nodiscard]] ContainerState look() const {
    const auto found = inspect(client_, {id_});
    return found ? found->front().state : ContainerState{};
  }

  // Sets what was seen.
  bool is_up() {
    const Clock::time_point begin = Clock::now();
    const auto long_enough = wish_.check.empty() ? kUpAlone : kUpForCheck;
    while (true) {
      const ContainerState state = look();
      if (!state.lives) seen_ = {End::ended, state.exit_code};
      if (state.health == "unhealthy") seen_ = {End::unhealthy, 0};
      const bool is_steady = state.health.empty() && Clock::now() - begin >= long_enough;
      if (state.lives && (state.health == "healthy" || is_steady)) seen_ = {End::passed, 0};
      if (seen_.end != End::unseen) return seen_.passed();
      std::this_thread::sleep_for(kLookPeriod);
    }
  }

  Attended checked() {
    tell({End::checking, 0});
    setenv("PROFILEGEN_CONTAINER", id_.c_str(), 1);
    setenv("PROFILEGEN_START", std::to_string(wish_.start).c_str(), 1);
    const Clock::time_point begin = Clock::now();
    int status = run_check();
    while (status != 0 && Clock::now() - begin < kPatience && look().lives) {
      std::this_thread::sleep_for(kBetweenChecks);
      status = run_check();
    }
    return status == 0 ? Attended{End::passed, 0} : Attended{End::failed, status};
  }

  [[nodiscard]] int run_check() const {
    sigset_t nothing;
    sigemptyset(&nothing);
    auto command = profilegen::Command::start({"/bin/sh", "-c", wish_.check}, nothing);
    if (!command || command->release() != 0) return 127;
    return command->wait();
  }

  void tell(const Attended& answer) const {
    if (write(answers_, &answer, sizeof answer) != static_cast<ssize_t>(sizeof answer)) _exit(1);
  }

  const Attendance& wish_;
  const EngineClient& client_;
  int answers_;
  std::string id_;
  Attended seen_;
};

[[noreturn]] void attend(const Attendance& wish, const EngineClient& client, const std::string& cidfile, int answers,
                         pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);  // the parent was killed before prctl() took effect
  Watch(wish, client, answers).run(cidfile);
  _exit(0);
}

}  // namespace

std::string attended_text(const Attended& attended, const Attendance& wish) {
  switch (attended.end) {
    case End::passed:
      return wish.check.empty() ? "the container is up" : "the check passed";
    case End::failed:
      return fmt::format("the check ended with status {}, also {} s after the container was up", attended.status,
                         kPatience.count());
    case End::unhealthy:
      return "the container's own health check failed";
    case End::ended:
      return fmt::format("the container ended by itself with status {}{}", attended.status,
                         wish.check.empty() ? "" : ", before the check could be run");
    case End::unseen:
    case End::checking:
      break;
  }
  return "the container was not seen to run";
}

Result<Attendant> Attendant::start(const Attendance& wish, const EngineClient& client, const std::string& cidfile) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return Error{"verify", "can't watch the container", "", errno};
  UniqueFd answers(ends[0]);
  const UniqueFd writing(ends[1]);
  const pid_t self = getpid();
  const pid_t pid = fork();
  if (pid < 0) return Error{"verify", "can't watch the container", "", errno};
  if (pid == 0) attend(wish, client, cidfile, writing.get(), self);
  return Attendant(pid, std::move(answers));
}

Attendant::Attendant(Attendant&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), answers_(std::move(other.answers_)) {}

Attendant::~Attendant() { end(); }

void Attendant::end() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

/// False at the end of the attendant, or when nothing came in time. Negative: waits for ever.
bool Attendant::wait_for_answer(int milliseconds, Attended& answer) const {
  pollfd event{answers_.get(), POLLIN, 0};
  int ready = 0;
  do ready = poll(&event, 1, milliseconds);
  while (ready < 0 && errno == EINTR);
  return ready > 0 && read(answers_.get(), &answer, sizeof answer) == static_cast<ssize_t>(sizeof answer);
}

Attended Attendant::finish() {
  Attended answer;
  if (wait_for_answer(kSeeTheEnd, answer) && answer.end == End::checking) (void)wait_for_answer(-1, answer);
  end();
  return answer;
}

}  // namespace profilegen::cli
