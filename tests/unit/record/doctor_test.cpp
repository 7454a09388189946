// SPDX-License-Identifier: Apache-2.0
#include "profilegen/doctor.h"
#include "profilegen/syscalls.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

// A machine made of files and of its programs' output.
class Fixture {
 public:
  Fixture() {
    std::string name = (fs::temp_directory_path() / "profilegen-doctor.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
    write("proc/sys/kernel/osrelease", "6.1.0-13-amd64\n");
    write("proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)\n");
    write("sys/kernel/btf/vmlinux", "");
    write("sys/kernel/security/lsm", "lockdown,capability,yama,apparmor,bpf");
    write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
    write("sys/module/apparmor/parameters/enabled", "Y\n");
    write("sys/fs/cgroup/cgroup.controllers", "pids\n");
    write("proc/self/cgroup", "0::/user.slice\n");
    write("proc/self/uid_map", "         0          0 4294967295\n");
    write("proc/self/limits", "Max locked memory         65536                65536                bytes     \n");
    write("proc/sys/kernel/yama/ptrace_scope", "1\n");
    fs::create_directories(root_ / "proc/self/ns");
    fs::create_symlink("pid:[4026531836]", root_ / "proc/self/ns/pid");
    run_as("0", "000001ffffffffff");
  }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;
  ~Fixture() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  void remove(const std::string& file) const { fs::remove_all(root_ / file); }
  void run_as(const std::string& uid, const std::string& capabilities) const {
    write("proc/self/status", "Name:\tx\nUid:\t" + uid + "\t" + uid + "\t" + uid + "\t" + uid +
                                  "\nCapPrm:\t0000000000000000\nCapEff:\t" + capabilities + "\n");
  }
  void program(const std::string& words, const std::string& output) { programs_[words] = output; }

  [[nodiscard]] Diagnosis examine(const Trial& trial) const {
    Machine machine{(root_ / "proc").string(), (root_ / "sys").string(), arch, preempt_modes, {}, {}};
    machine.installed = [this](const std::string& program) {
      return std::any_of(programs_.begin(), programs_.end(),
                         [&](const auto& one) { return one.first.starts_with(program + " "); });
    };
    machine.output = [this](const std::vector<std::string>& words) -> Result<std::string> {
      std::string line;
      for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
      const auto found = programs_.find(line);
      if (found == programs_.end()) return Error{words.front(), "nobody answers"};
      return found->second;
    };
    return profilegen::examine(machine, trial);
  }

  std::string arch = "x86_64";
  std::string preempt_modes = "none (voluntary) full\n";

 private:
  fs::path root_;
  std::map<std::string, std::string> programs_;
};

Trial works() {
  std::vector<HookChoice> choices{{"files", &rungs().back(), {}}};
  return {choices, ""};
}
Trial fails() { return {Error{"BPF", "the programs can't be loaded"}, "BPF: the programs can't be loaded"}; }

const Finding& finding(const Diagnosis& diagnosis, const std::string& name) {
  const auto found = std::ranges::find_if(diagnosis.findings, [&](const Finding& one) { return one.name == name; });
  if (found == diagnosis.findings.end()) FAIL("nothing is said of " << name);
  return *found;
}

Health health(const Diagnosis& diagnosis, const std::string& name) { return finding(diagnosis, name).health; }

constexpr const char* kDockerInfo = "docker info --format {{json .}}";
const std::string kDocker =
    R"({"ServerVersion":"28.1","DefaultRuntime":"runc","Runtimes":{"runc":{"path":"runc"}},"CgroupDriver":"systemd",)"
    R"("SecurityOptions":["name=apparmor","name=seccomp,profile=builtin"]})";

}  // namespace

TEST_CASE("a machine on which nothing is missing") {
  const Fixture machine;
  const Diagnosis diagnosis = machine.examine(works());
  CHECK(diagnosis.verdict == Verdict::yes);
  CHECK(diagnosis.next == "profilegen record -- COMMAND");
  CHECK(finding(diagnosis, "release").value == "6.1.0-13-amd64");
  CHECK(finding(diagnosis, "layout").value.starts_with("v2; "));
  CHECK(health(diagnosis, "AppArmor") == Health::ok);
  CHECK(health(diagnosis, "memlock") == Health::ok);
  for (const Finding& one : diagnosis.findings) {
    CHECK((one.health == Health::limited || one.health == Health::missing) == !one.lost.empty());
    CHECK(std::ranges::count_if(diagnosis.findings, [&](const Finding& other) {
            return other.section == one.section && other.name == one.name;
          }) == 1);
  }
}

TEST_CASE("without BTF nothing can be recorded, and it is said how to get it") {
  const Fixture machine;
  machine.remove("sys/kernel/btf");
  const Diagnosis diagnosis = machine.examine(fails());
  CHECK(diagnosis.verdict == Verdict::no);
  CHECK(health(diagnosis, "BTF") == Health::missing);
  CHECK(finding(diagnosis, "BTF").remedy.find("CONFIG_DEBUG_INFO_BTF") != std::string::npos);
  CHECK(health(diagnosis, "trial") == Health::missing);
}

TEST_CASE("root of a user namespace has every capability and can't record") {
  const Fixture machine;
  machine.write("proc/self/uid_map", "         0       1000          1\n");
  const Diagnosis diagnosis = machine.examine(fails());
  CHECK(diagnosis.verdict == Verdict::no);
  CHECK(health(diagnosis, "CAP_BPF") == Health::ok);
  CHECK(health(diagnosis, "user namespace") == Health::missing);
}

TEST_CASE("a plain user is told what each capability is for, and to ask again as root") {
  const Fixture machine;
  machine.run_as("1000", "0000000000000000");
  const Diagnosis diagnosis = machine.examine(fails());
  CHECK(diagnosis.verdict == Verdict::no);
  CHECK(diagnosis.next == "sudo profilegen doctor");
  for (const char* name : {"CAP_BPF", "CAP_PERFMON", "CAP_SYS_PTRACE", "CAP_DAC_READ_SEARCH"}) {
    CHECK(health(diagnosis, name) == Health::missing);
    CHECK_FALSE(finding(diagnosis, name).remedy.empty());
  }
  CHECK(health(diagnosis, "CAP_SYS_RESOURCE") == Health::absent);
}

TEST_CASE("the four capabilities of a recording are enough, without CAP_SYS_ADMIN something is lost") {
  const Fixture machine;
  machine.run_as("1000", "000000c000080004");  // DAC_READ_SEARCH, SYS_PTRACE, PERFMON, BPF
  const Diagnosis diagnosis = machine.examine(works());
  CHECK(diagnosis.verdict == Verdict::yes_but);
  CHECK(health(diagnosis, "CAP_BPF") == Health::ok);
  CHECK(health(diagnosis, "CAP_SYS_ADMIN") == Health::limited);
  CHECK(diagnosis.next == "sudo profilegen record -- COMMAND");
  machine.run_as("0", "0000000000200000");  // SYS_ADMIN
  CHECK(health(machine.examine(works()), "CAP_BPF") == Health::ok);
  CHECK(health(machine.examine(works()), "CAP_SYS_PTRACE") == Health::limited);
}

TEST_CASE("the limit of locked memory counts before Linux 5.11 only, and for those who can't raise it") {
  const Fixture machine;
  machine.write("proc/sys/kernel/osrelease", "5.10.0-28-amd64\n");
  CHECK(health(machine.examine(works()), "memlock") == Health::ok);
  machine.run_as("0", "000001fffeffffff");  // all but SYS_RESOURCE
  CHECK(health(machine.examine(works()), "memlock") == Health::limited);
  machine.write("proc/sys/kernel/osrelease", "4.19.0\n");
  CHECK(health(machine.examine(works()), "release") == Health::limited);
}

TEST_CASE("lockdown, yama and namespaces that take something away") {
  const Fixture machine;
  machine.write("sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
  machine.write("proc/sys/kernel/yama/ptrace_scope", "3\n");
  machine.remove("proc/self/ns/pid");
  const Diagnosis diagnosis = machine.examine(fails());
  CHECK(health(diagnosis, "lockdown") == Health::missing);
  CHECK(health(diagnosis, "kernel.yama.ptrace_scope") == Health::limited);
  CHECK(health(diagnosis, "pid namespace") == Health::unknown);
}

TEST_CASE("where it can't be read whether the kernel is preemptible, it is said what that means") {
  Fixture machine;
  CHECK(health(machine.examine(works()), "preemption") == Health::ok);
  CHECK(finding(machine.examine(works()), "preemption").value.starts_with("threads are not interrupted"));
  machine.preempt_modes = "none voluntary (full)\n";
  CHECK(finding(machine.examine(works()), "preemption").value.starts_with("full: "));
  machine.preempt_modes = "";
  const Diagnosis unknown = machine.examine(works());
  CHECK(health(unknown, "preemption") == Health::unknown);
  CHECK_FALSE(finding(unknown, "preemption").remedy.empty());
  CHECK(unknown.verdict == Verdict::yes);
}

TEST_CASE("layouts of control groups") {
  const Fixture machine;
  machine.remove("sys/fs/cgroup/cgroup.controllers");
  CHECK(health(machine.examine(works()), "layout") == Health::limited);
  machine.write("sys/fs/cgroup/pids/tasks", "");
  machine.write("proc/self/cgroup", "8:pids:/\n0::/\n");
  CHECK(finding(machine.examine(works()), "layout").value ==
        "v1; containers are told apart by the pids hierarchy of v1");
  machine.write("sys/fs/cgroup/unified/cgroup.controllers", "");
  CHECK(finding(machine.examine(works()), "layout").value.starts_with("hybrid"));
}

TEST_CASE("engines that answer, that do not, and that are not there") {
  Fixture machine;
  CHECK(health(machine.examine(works()), "docker") == Health::absent);
  machine.program("docker --version", "Docker version 28.1, build x\n");
  const Diagnosis silent = machine.examine(works());
  CHECK(silent.verdict == Verdict::yes_but);
  CHECK(finding(silent, "docker").value == "Docker version 28.1, build x; does not answer: docker: nobody answers");
  machine.program(kDockerInfo, R"({"ServerVersion":"","ServerErrors":["x"]})");  // docker's answer without a daemon
  CHECK(health(machine.examine(works()), "docker") == Health::limited);
  machine.program(kDockerInfo, kDocker);
  const Diagnosis answers = machine.examine(works());
  CHECK(answers.verdict == Verdict::yes);
  CHECK(answers.next == "profilegen record -- docker run --rm IMAGE");
  CHECK(finding(answers, "docker").value ==
        "Docker version 28.1, build x; answers: version 28.1, runtime runc, cgroup driver systemd, seccomp on, "
        "apparmor on");
  machine.program(kDockerInfo, R"({"ServerVersion":"20.10.24","SecurityOptions":["name=seccomp"]})");
  CHECK(finding(machine.examine(works()), "docker")
            .value.ends_with(
                "ignores a filter's defaultErrnoRet, so that calls which the filter does not name fail with EPERM"));
  machine.program(kDockerInfo, R"({"ServerVersion":"28.1","SecurityOptions":[]})");
  CHECK(health(machine.examine(works()), "docker") == Health::limited);
}

TEST_CASE("runtimes tell of their libseccomp each in its own way") {
  Fixture machine;
  machine.program("runc --version",
                  "runc version 1.1.5+ds1\ncommit: x\nspec: 1.0.2-dev\ngo: go1.19.8\nlibseccomp: 2.5.4\n");
  machine.program("crun --version", "crun version 1.8.1\nspec: 1.0.0\n+SYSTEMD +APPARMOR +CAP +EBPF\n");
  const Diagnosis diagnosis = machine.examine(works());
  CHECK(finding(diagnosis, "runc").value == "1.1.5, libseccomp 2.5.4");
  CHECK(health(diagnosis, "crun") == Health::limited);
}

TEST_CASE("the calls that libseccomp has no name for are told") {
  const Fixture machine;
  const std::string value = finding(machine.examine(works()), "libseccomp").value;
  CHECK(value.starts_with(libseccomp_version() + "; "));
  for (const KnownSyscall& call : known_syscalls(native_arch())) {
    const bool is_told = (value + " ").find(" " + call.name + " ") != std::string::npos;
    CHECK(is_told != libseccomp_names(call.name));
  }
}

TEST_CASE("hooks: what is used, what it does not see, and why not a better one") {
  const Fixture machine;
  const auto ladder = rungs();
  const auto best = std::ranges::find_if(ladder, [](const Rung& rung) { return rung.fact == "capabilities"; });
  const auto tracepoint = std::ranges::find_if(
      ladder, [](const Rung& rung) { return rung.fact == "capabilities" && rung.name == "tracepoint"; });
  REQUIRE(tracepoint != ladder.end());
  std::vector<HookChoice> choices{{"capabilities", &*tracepoint, {{&*best, "not permitted"}}}, {"files", nullptr, {}}};
  const Diagnosis diagnosis = machine.examine({choices, "containers: no"});
  CHECK(finding(diagnosis, "capabilities").value ==
        "tp_btf/cap_capable; it does not see: whether a check is audited (inferred from its call site)");
  CHECK(finding(diagnosis, "capabilities=fexit").value.ends_with("not permitted"));
  CHECK(health(diagnosis, "files") == Health::limited);
  CHECK(health(diagnosis, "trial") == Health::limited);  // only process trees can be recorded
  CHECK(diagnosis.verdict == Verdict::yes_but);
}

TEST_CASE("arm64 can be recorded, too, and what that was tested on is told") {
  Fixture machine;
  machine.arch = "aarch64";
  CHECK(health(machine.examine(works()), "architecture") == Health::ok);
}

TEST_CASE("on another architecture nothing can be recorded") {
  Fixture machine;
  machine.arch = "riscv64";
  CHECK(health(machine.examine(fails()), "architecture") == Health::missing);
}
