// SPDX-License-Identifier: Apache-2.0
// Enforced AppArmor profiles. Guests have AppArmor.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPlaces = "profilegen-test/places";
const std::string kPython = "profilegen-test/python";

/// Loads the profile and returns the flag that selects it.
Words confined(const Workload& work) {
  REQUIRE(std::filesystem::exists("/sys/kernel/security/apparmor/profiles"));
  const Outcome loaded = work.scratch().run(
      {"apparmor_parser", "--replace", "--skip-cache", work.scratch().path() + "/profilegen-out/apparmor.profile"});
  INFO(loaded.err);
  REQUIRE(loaded.status == 0);
  const std::string flag = work.artifact("docker-apparmor.flags");
  return {flag.substr(0, flag.find('\n'))};
}

std::string loaded_profiles(const Workload& work) {
  return work.scratch().run({"cat", "/sys/kernel/security/apparmor/profiles"}).out;
}

void check_again(const Workload& work, const Words& flags) {
  const Outcome again = work.again(flags);
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == work.out());
}

void check_refused(const Workload& work, const Words& flags, const std::string& script) {
  INFO(script);
  // AppArmor refuses it, not the rest of the bundle.
  CHECK(work.other(script).status == 0);
  const Outcome outcome = work.other(script, flags);
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status != 0);
  CHECK(outcome.err.find("Permission denied") != std::string::npos);
}

}  // namespace

TEST_CASE("Under AppArmor a container runs again, and other files, names and programs are refused", "[.][guest]") {
  const Workload work(
      {"-v", prog("denied_call") + ":/opt/other:ro"}, kPlaces,
      "cat /etc/group && /opt/bin/script && mkdir -p /srv/empty/d && echo hello >/srv/empty/d/x && "
      "mv /srv/empty/d/x /srv/empty/y && ls /srv/empty | cat /srv/empty/y - && ls /proc/self/fd "
      ">/tmp/list && echo $$ >/run/pid && ln -s y '/srv/empty/with [brackets] and {braces}' && "
      "echo more >>'/srv/empty/with [brackets] and {braces}' && cat </srv/content/shipped && (sleep 9 & kill $!)");
  const Words flags = confined(work);
  check_again(work, flags);
  check_refused(work, flags, "cat /etc/passwd");
  check_refused(work, flags, "echo x >/tmp/other");
  check_refused(work, flags, "echo x >'/srv/empty/with b and b'");
  check_refused(work, flags, "exec /opt/other 39");
}

TEST_CASE("Under AppArmor an interpreted program keeps its libraries, sockets, pipes, children and locks",
          "[.][guest]") {
  const Workload work({}, kPython,
                      "exec python3 -c 'import fcntl, json, os, signal, socket, subprocess, tempfile, threading\n"
                      "server = socket.create_server((\"127.0.0.1\", 0))\n"
                      "client = socket.create_connection(server.getsockname()); client.sendall(b\"tcp\")\n"
                      "print(server.accept()[0].recv(9))\n"
                      "local = socket.socket(socket.AF_UNIX); local.bind(\"/tmp/local\"); local.listen()\n"
                      "peer = socket.socket(socket.AF_UNIX); peer.connect(\"/tmp/local\"); peer.sendall(b\"unix\")\n"
                      "print(local.accept()[0].recv(9))\n"
                      "file = tempfile.NamedTemporaryFile(); fcntl.flock(file, fcntl.LOCK_EX); file.write(b\"x\")\n"
                      "print(subprocess.run([\"/bin/echo\", \"child\"], capture_output=True).stdout)\n"
                      "thread = threading.Thread(target=print, args=(\"thread\",)); thread.start(); thread.join()\n"
                      "child = os.fork() or signal.pause()\n"
                      "os.kill(child, signal.SIGTERM); print(os.waitpid(child, 0)[1])\n"
                      "'");
  const Words flags = confined(work);
  check_again(work, flags);
  check_refused(work, flags, "cat /etc/passwd");
  // A program that nothing in the recording executed.
  check_refused(work, flags, "exec /bin/true");
}

TEST_CASE("Under AppArmor a program that neither signals nor attaches to another can do neither", "[.][guest]") {
  const auto script = [](const std::string& act) {
    return "exec python3 -c 'import ctypes, os, time\n"
           "libc = ctypes.CDLL(None, use_errno=True)\n"
           "child = os.fork()\n"
           "if child == 0: time.sleep(0.5); os._exit(0)\n" +
           act + "print(os.waitpid(child, 0)[1])'";
  };
  const Workload work({}, kPython, script(""));
  const Words flags = confined(work);
  check_again(work, flags);
  // With the AppArmor profile alone, since the bundle's filter would refuse these calls too.
  const auto run = [&](const std::string& act, const Words& more) {
    return work.scratch().run(
        docker_run(Words{"--rm", "--network", "none"} + more, kPython, {"sh", "-c", script(act)}));
  };
  const std::string signal = "os.kill(child, 18)\n";
  const std::string attach =
      "if libc.ptrace(16, child, 0, 0) != 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))\n"
      "os.waitpid(child, 0); libc.ptrace(17, child, 0, 0)\n";
  for (const std::string& act : {signal, attach}) {
    INFO(act);
    CHECK(run(act, {}).status == 0);
    const Outcome refused = run(act, flags);
    INFO(refused.err);
    CHECK(refused.status != 0);
    CHECK(refused.err.find("Permission denied") != std::string::npos);
  }
}

TEST_CASE("Under AppArmor the engine stops a container and executes what was recorded in it", "[.][guest]") {
  const Workload work({}, kPlaces, "echo ready; trap 'exit 0' TERM; sleep 0.1 & wait $!");
  const Words flags = confined(work);
  const Container container(work.scratch(), Words{"--network", "none"} + flags + bundle_flags(work.scratch()), kPlaces,
                            {"sh", "-c", "trap 'exit 0' TERM; echo ready; sleep 600 & wait $!"});
  REQUIRE(container.printed("ready"));
  CHECK(container.exec({"sh", "-c", "echo hello"}).out == "hello\n");
  CHECK(container.exec({"cat", "/etc/passwd"}).status != 0);
  CHECK(container.stop() == 0);
}

TEST_CASE("verify names the call, the capability, the tmpfs and the line of AppArmor that a bundle lacks",
          "[.][guest]") {
  const std::string script = "mkdir /tmp/made; chown 7 /srv/content/shipped; cat /etc/passwd; echo x >/srv/empty/file";
  const Workload work({}, kPlaces, script);
  Profile profile = work.profile();
  REQUIRE(profile.calls.erase({Arch::x86_64, "mkdir"}) == 1);
  REQUIRE(profile.capabilities.erase("CHOWN") == 1);
  REQUIRE(profile.holes.erase("/srv/empty") == 1);
  REQUIRE(profile.files.erase("/etc/passwd") == 1);
  work.scratch().write("changed.json", format_profile(profile));
  REQUIRE(work.scratch().profilegen({"emit", "changed.json", "-o", "broken"}).status == 0);
  const auto verify = [&](const Words& options) {
    return work.scratch().profilegen(Words{"verify", "--apparmor"} + options + Words{"--"} +
                                     docker_run({"--rm", "--network", "none"}, kPlaces, {"sh", "-c", script}));
  };
  const std::string before = loaded_profiles(work);
  const Outcome broken = verify({"broken", "--fix", "fixed"});
  INFO(broken.err);
  CHECK(broken.status == 1);
  for (const char* denial :
       {"syscall mkdir, answered EPERM, by mkdir", "capability CHOWN for chown: chown of ",
        "write of /srv/empty/file, read-only file system, by sh", "AppArmor: open of /etc/passwd (r), by cat"})
    CHECK(broken.err.find(std::string("profilegen: denied: ") + denial) != std::string::npos);
  const Outcome fixed = verify({"fixed"});
  INFO(fixed.err);
  CHECK(fixed.status == 0);
  CHECK(fixed.out == work.out());
  // No profile is left in the kernel.
  CHECK(loaded_profiles(work) == before);
}
