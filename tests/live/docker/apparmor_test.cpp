// SPDX-License-Identifier: Apache-2.0
// AppArmor, enforced: guests have it.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPlaces = "profilegen-test/places";
const std::string kPython = "profilegen-test/python";

/// The flag that selects the profile, which is loaded.
Words confined(const Workload& work) {
  REQUIRE(std::filesystem::exists("/sys/kernel/security/apparmor/profiles"));
  const Outcome loaded = work.scratch().run(
      {"apparmor_parser", "--replace", "--skip-cache", work.scratch().path() + "/profilegen-out/apparmor.profile"});
  INFO(loaded.err);
  REQUIRE(loaded.status == 0);
  const std::string flag = work.artifact("docker-apparmor.flags");
  return {flag.substr(0, flag.find('\n'))};
}

void check_again(const Workload& work, const Words& flags) {
  const Outcome again = work.again(flags);
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == work.out());
}

void check_refused(const Workload& work, const Words& flags, const std::string& script) {
  INFO(script);
  // By AppArmor, not by the rest of the bundle.
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
  // A program that nothing in the recording started.
  check_refused(work, flags, "exec /bin/true");
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
