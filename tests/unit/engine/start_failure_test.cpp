// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/start_failure.h"

using namespace profilegen;
using Kind = StartFailure::Kind;

namespace {

const std::string kDocker =
    "docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: "
    "unable to start container process: ";

std::string cause(const std::string& messages) {
  const auto failure = explain_start_failure(messages);
  return failure ? failure->cause : "";
}

Kind kind(const std::string& messages) {
  const auto failure = explain_start_failure(messages);
  REQUIRE(failure);
  return failure->kind;
}

bool names(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what the engine's message names is the cause, whoever says it") {
  const std::string mount =
      "error mounting \"tmpfs\" to rootfs at \"/var/x\": mount tmpfs:/var/x (via /proc/self/fd/6), "
      "flags: 0xe, data: mode=0755,uid=99999999999: invalid argument: unknown.";
  CHECK(names(cause(kDocker + mount), "the kernel refuses a mount"));
  CHECK(names(cause("Error: OCI runtime error: crun: mount `tmpfs` to `var/x`: Invalid argument"),
              "the kernel refuses a mount"));
  CHECK(names(cause(kDocker + "exec: \"/srv/run\": permission denied: unknown."), "may not be executed"));
  CHECK(names(cause("Error: crun: open executable: Permission denied: OCI permission denied"), "may not be executed"));
  CHECK(names(cause(kDocker + "exec: \"nope\": executable file not found in $PATH: unknown."), "has no such program"));
  CHECK(names(cause("Error: crun: executable file `nope` not found in $PATH: No such file or directory: OCI runtime "
                    "attempted to invoke a command that was not found"),
              "has no such program"));
  CHECK(
      names(cause("docker: Error response from daemon: driver failed programming external connectivity on endpoint x: "
                  "Bind for 0.0.0.0:80 failed: port is already allocated."),
            "uses that port"));
  CHECK(names(cause("docker: Error response from daemon: invalid CapAdd: unknown capability: \"CAP_FOO\"."),
              "does not know one of the capabilities"));
  CHECK(names(cause("docker: Error response from daemon: unknown or invalid runtime name: foo."), "no such runtime"));
  CHECK(names(cause("docker: Error response from daemon: Duplicate mount point: /var/lib/app."), "mounts something"));
}

TEST_CASE("an image that is not there is told, but not one that was pulled before something else failed") {
  const std::string pulling = "Unable to find image 'app:latest' locally\n";
  CHECK(
      names(cause(pulling + "docker: Error response from daemon: pull access denied for app, repository does not exist "
                            "or may require 'docker login'."),
            "no such image"));
  CHECK(names(
      cause(pulling + "Status: Downloaded newer image for app:latest\n" + kDocker + "exec: \"x\": permission denied"),
      "may not be executed"));
}

TEST_CASE("capabilities may be lacking in the engine, or refused by the filter") {
  CHECK(kind(kDocker + "unable to apply caps: operation not permitted: unknown.") == Kind::capabilities);
  CHECK(kind("Error: crun: capset: Operation not permitted: OCI permission denied") == Kind::capabilities);
}

TEST_CASE("what a filter causes is no definite cause, and what is not known is none") {
  CHECK(kind(kDocker + "error during container init: operation not permitted: unknown.") == Kind::refused);
  CHECK(kind("Error: crun: read from the init process\nError: EOF") == Kind::refused);
  CHECK_FALSE(explain_start_failure("Error: something that nobody has heard of"));
  CHECK_FALSE(explain_start_failure(""));
}

TEST_CASE("the functions in the stacks of a runtime that crashed are no cause") {
  CHECK_FALSE(
      explain_start_failure("fatal error: unexpected signal during runtime execution\n"
                            "github.com/opencontainers/runc/libcontainer/seccomp.InitSeccomp(0xc00006e1e0)\n"
                            "\tgithub.com/opencontainers/runc/libcontainer/seccomp/seccomp_linux.go:105 +0x366\n"
                            "docker: Error response from daemon: cannot start a stopped process: unknown"));
}

TEST_CASE("the runtime that was used is named in its own messages") {
  CHECK(runtime_in_messages(kDocker) == "runc");
  CHECK(runtime_in_messages("Error: OCI runtime error: crun: mount `tmpfs`") == "crun");
  CHECK(runtime_in_messages("Error: truncated: no").empty());
  CHECK(runtime_in_messages("").empty());
}
