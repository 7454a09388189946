// SPDX-License-Identifier: Apache-2.0
// Each format works with its consumer: what was recorded under Docker succeeds there, a write elsewhere fails on the
// read-only file system, and the filter refuses a call that was not recorded.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "support/podman.h"
#include "support/workload.h"

namespace {

const std::string kImage = "profilegen-test/places";
// Needs a tmpfs, and a volume with the image's content.
const std::string kScript = "echo x >/tmp/file && cat /srv/content/shipped && echo y >/srv/content/new && echo done";
const std::string kOut = "shipped with the image\ndone\n";
const std::string kElsewhere = "echo x >/srv/file";
const std::string kOtherCall = "mkdir /tmp/directory";  // in a place where it may write

std::string emitted(const Workload& work, const std::string& format) {
  const Outcome outcome = work.scratch().profilegen(
      {"emit", "profilegen-trace.json", "-o", "profilegen-out", "--format", format, "--name", "web"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.out;
}

void check_recorded(const Outcome& outcome) {
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == kOut);
}

void check_refused_write(const Outcome& outcome) {
  CHECK(outcome.status != 0);
  CHECK((outcome.out + outcome.err).find("can't create /srv/file: Read-only file system") != std::string::npos);
}

void check_refused_call(const Outcome& outcome) {
  CHECK(outcome.status != 0);
  CHECK((outcome.out + outcome.err).find("can't create directory '/tmp/directory': Operation not permitted") !=
        std::string::npos);
}

template <typename Run>
void check_all(const Run& run) {
  check_recorded(run(kScript));
  check_refused_write(run(kElsewhere));
  check_refused_call(run(kOtherCall));
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  for (; at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
  return text;
}

Words lines(const std::string& text) {
  Words words;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) words.push_back(line);
  return words;
}

// crun does not run if both versions of cgroups are mounted.
const std::string kWithoutUnified =
    "mount --make-rprivate /\n"
    "if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi\n";

}  // namespace

TEST_CASE("podman run takes podman.flags") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Workload work({}, kImage, kScript);
  const Podman podman(work.scratch(), kImage);
  const Words flags = lines(emitted(work, "podman"));
  check_all([&](const std::string& script) { return podman.run(runtime, flags, {"sh", "-c", script}); });
  // podman's --read-only alone would leave /run writable.
  const Outcome run = podman.run(runtime, flags, {"sh", "-c", "echo x >/run/file"});
  CHECK(run.err.find("can't create /run/file: Read-only file system") != std::string::npos);
}

TEST_CASE("Compose merges compose.yaml into the user's own file") {
  const Workload work({}, kImage, kScript);
  const Scratch& scratch = work.scratch();
  scratch.write("compose.yaml", "version: '3.3'\nservices:\n  web:\n    image: " + kImage +
                                    "\n    network_mode: none\n    environment:\n      OWN: kept\n");
  scratch.write("profilegen-out/compose.yaml", emitted(work, "compose"));
  const std::string project = unique_name("compose");
  const Words client{"docker-compose", "-p", project, "-f", "compose.yaml", "-f", "profilegen-out/compose.yaml"};
  check_all([&](const std::string& script) {
    return scratch.run(client + Words{"run", "--rm", "-T", "web", "sh", "-c", script});
  });
  CHECK(scratch.run(client + Words{"run", "--rm", "-T", "web", "sh", "-c", "echo $OWN"}).out == "kept\n");
  CHECK(scratch.run(client + Words{"down", "--volumes"}).status == 0);
}

TEST_CASE("podman kube play runs kubernetes.yaml, under its filter") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Workload work({}, kImage, kScript);
  const Scratch& scratch = work.scratch();
  REQUIRE(scratch.run({"docker", "save", "--output", "image.tar", kImage}).status == 0);
  REQUIRE(scratch.run({"sh", "-c", "mkdir filters && cp profilegen-out/seccomp.json filters/web.json"}).status == 0);
  // podman asks for limits above the machine's, which needs CAP_SYS_RESOURCE.
  scratch.write("containers.conf", "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1000:1000\"]\n");
  const std::string pod = replaced(emitted(work, "kubernetes"), "image: IMAGE",
                                   "image: localhost/" + kImage + ":latest\n      imagePullPolicy: Never");
  const auto run = [&](const std::string& script) {
    const std::string container = "    - name: web\n";
    scratch.write("pod.yaml", replaced(pod, container, container + "      command: [sh, -c, \"" + script + "\"]\n") +
                                  "  restartPolicy: Never\n");
    return scratch.run({"unshare", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-ec", kWithoutUnified + R"(
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
export CONTAINERS_CONF=$PWD/containers.conf
client() {
  podman --runtime $0 --cgroup-manager cgroupfs --events-backend none --storage-driver vfs \
    --root "$PWD/podman/root" --runroot "$PWD/podman/run" --tmpdir "$PWD/podman/tmp" "$@"
}
# It is docker.io's to podman 5, in an archive of a newer docker.
loaded=$(client load --input image.tar 2>/dev/null | sed -n 's/^Loaded image: //p')
client tag $loaded $(sed -n 's/^ *image: //p' pod.yaml | head -n 1)
client kube play --network none --seccomp-profile-root "$PWD/filters" pod.yaml >/dev/null
status=$(client wait web-web)
client logs web-web
client kube down pod.yaml >/dev/null
exit $status
)",
                        runtime});
  };
  check_all(run);
}

TEST_CASE("A runtime runs config.json as a bundle of its own") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Workload work({}, kImage, kScript);
  const Scratch& scratch = work.scratch();
  REQUIRE(scratch
              .run({"sh", "-ec",
                    "mkdir -p bundle/rootfs; id=$(docker create " + kImage +
                        " true); docker export $id | tar -x -C bundle/rootfs; docker rm $id"})
              .status == 0);
  auto config = nlohmann::json::parse(emitted(work, "oci"));
  CHECK(config.at("hostname") == "web");
  config["process"]["env"] = {"PATH=/bin"};
  const std::string id = unique_name("bundle");
  check_all([&](const std::string& script) {
    config["process"]["args"] = {"sh", "-c", script};
    scratch.write("bundle/config.json", config.dump());
    return scratch.run({"unshare", "--mount", "sh", "-ec",
                        kWithoutUnified + "exec $0 --root \"$PWD/state\" run --bundle bundle " + id, runtime});
  });
}

// No distribution has the operator itself. It writes the resource's spec to a file as JSON.
TEST_CASE("The filter of spo.yaml, as the operator would write it, is enforced") {
  const Workload work({}, kImage, kScript);
  const Scratch& scratch = work.scratch();
  scratch.write("spo.yaml", emitted(work, "spo"));
  const Outcome written = scratch.run({"python3", "-c",
                                       "import json, yaml\n"
                                       "print(json.dumps(next(yaml.safe_load_all(open('spo.yaml')))['spec']))"});
  REQUIRE(written.status == 0);
  scratch.write("profilegen-out/seccomp.json", written.out);
  check_recorded(work.again());
  check_refused_write(work.other(kElsewhere));
  check_refused_call(work.other(kOtherCall));
}
