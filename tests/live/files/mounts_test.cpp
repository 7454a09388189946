// SPDX-License-Identifier: Apache-2.0
// The user's own mounts are never repeated in the flags. Read-only is advised for exactly those that were only read.
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";  // it declares the volume /srv/volume

/// A named volume, removed at the end of the test.
class Volume {
 public:
  Volume(const Scratch& scratch, const std::string& base) : scratch_(scratch), name_(unique_name(base)) {
    REQUIRE(scratch.run({"docker", "volume", "create", name_}).status == 0);
  }
  Volume(const Volume&) = delete;
  Volume& operator=(const Volume&) = delete;
  ~Volume() { (void)scratch_.run({"docker", "volume", "rm", name_}); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  const Scratch& scratch_;
  std::string name_;
};

std::multiset<std::string> sorted_lines(const std::string& text) {
  std::istringstream stream(text);
  std::multiset<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("Mounts that were only read are advised to be read-only, each with the user's own source") {
  const Scratch host;
  const Volume volume(host, "read");
  host.write("conf", "setting\n");
  const std::string conf = host.path() + "/conf";
  const std::string script = "cat /etc/app.conf /bind/conf /srv/volume/shipped && ls /data /scratch /anonymous";
  const Words other_mounts{"--tmpfs", "/scratch", "-v", "/anonymous", "-v", host.path() + ":/already:ro"};
  const Workload work(
      Words{"-v", volume.name() + ":/data", "-v", host.path() + ":/bind", "-v", conf + ":/etc/app.conf"} + other_mounts,
      kPlaces, script);
  const std::string mounts = work.artifact("mounts.txt");
  INFO(mounts);
  const Words advice{"-v", volume.name() + ":/data:ro", "-v", host.path() + ":/bind:ro",
                     "-v", conf + ":/etc/app.conf:ro"};
  for (const std::string& flag : advice)
    if (flag != "-v") CHECK(has_line(mounts, "  -v " + flag));
  CHECK(mounts.find(":/already:ro") == std::string::npos);
  for (const char* path : {"/scratch", "/anonymous", "/srv/volume"})
    CHECK(mounts.find(std::string("  ") + path + " (") > mounts.find("without a flag that makes them read-only"));
  CHECK(work.hole_flags() == "--read-only\n");
  check_passes(work);

  // The container works with the advised flags.
  const Words flags = Words{"--rm", "--network", "none"} + advice + other_mounts + bundle_flags(work.scratch());
  const auto run = [&](const std::string& line) {
    return work.scratch().run(docker_run(flags, kPlaces, {"sh", "-c", line}));
  };
  CHECK(run(script).out == work.out());
  CHECK(run("echo x >/data/file").err.find("Read-only file system") != std::string::npos);
  CHECK(run("echo x >/etc/app.conf").err.find("Read-only file system") != std::string::npos);
  CHECK(host.read("conf") == "setting\n");
}

TEST_CASE("Mounts that were written stay as they are, and a volume in a volume is judged by itself") {
  const Scratch host;
  const Volume outer(host, "outer");
  const Volume inner(host, "inner");
  host.write("conf", "setting\n");
  const Words options{"-v",      outer.name() + ":/data",
                      "-v",      inner.name() + ":/data/inner",
                      "-v",      host.path() + "/conf:/etc/app.conf",
                      "--tmpfs", "/scratch",
                      "-v",      host.path() + ":/bind"};
  const Workload work(options, kPlaces,
                      "ls /data && echo x >/data/inner/file && echo x >/etc/app.conf && touch /scratch/x && "
                      "echo x >/srv/volume/file && mkdir -p /bind/own && rmdir /bind/own");
  const std::string mounts = work.artifact("mounts.txt");
  INFO(mounts);
  CHECK(has_line(mounts, "  -v " + outer.name() + ":/data:ro"));
  const std::string written = mounts.substr(mounts.find("Mounts that were written:"));
  CHECK(has_line(written, "  /data/inner (volume " + inner.name() + ")"));
  CHECK(has_line(written, "  /etc/app.conf (bind " + host.path() + "/conf)"));
  CHECK(has_line(written, "  /bind (bind " + host.path() + ")"));
  CHECK(has_line(written, "  /srv/volume (volume)"));
  CHECK(written.find("/scratch") != std::string::npos);
  CHECK(work.hole_flags() == "--read-only\n");
  check_passes(work);

  const Outcome advised = work.scratch().run(docker_run(
      Words{"--rm", "--network", "none", "-v", outer.name() + ":/data:ro", "-v", inner.name() + ":/data/inner"} +
          bundle_flags(work.scratch()),
      kPlaces, {"sh", "-c", "echo x >/data/inner/file; echo x >/data/file"}));
  CHECK(advised.status == 1);
  CHECK(advised.err.find("/data/file: Read-only file system") != std::string::npos);
  CHECK(advised.err.find("/data/inner/file") == std::string::npos);
}

TEST_CASE("The user's mounts below a hole are still there, in a tmpfs and in a volume") {
  const Scratch host;
  host.write("conf", "setting\n");
  const std::string conf = host.path() + "/conf";
  const Workload work({"-v", host.path() + ":/srv/empty/dir", "-v", conf + ":/srv/empty/file.conf", "-v",
                       conf + ":/srv/content/file.conf", "-v", "/srv/content/sub"},
                      kPlaces,
                      ": >/srv/empty/own && rm /srv/empty/own && : >/srv/content/own && : >/srv/content/sub/own && "
                      "cat /srv/empty/dir/conf /srv/empty/file.conf /srv/content/file.conf && "
                      "find /srv/empty /srv/content");
  CHECK(work.hole_flags() ==
        "--read-only\n--volume=/srv/content\n--tmpfs=/srv/"
        "empty:rw,nosuid,nodev,noexec,mode=2770,uid=1000,gid=2000,size=64m\n");
  const Outcome again = work.again();
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(sorted_lines(again.out) == sorted_lines(work.out()));
  check_refused(work, "/srv/own");
}

TEST_CASE("The files that the engine mounts itself are told when they are written, and are no holes") {
  const Workload work({}, kPlaces,
                      "echo '192.0.2.1 name' >>/etc/hosts; echo x >>/etc/hostname; echo '# x' >>/etc/resolv.conf");
  CHECK(work.hole_flags() == "--read-only\n");
  const std::string mounts = work.artifact("mounts.txt");
  for (const char* path : {"/etc/hosts", "/etc/hostname", "/etc/resolv.conf"})
    CHECK(mounts.find(std::string("  the program wrote ") + path + ", which is the engine's") != std::string::npos);
  check_refused(work, "/etc/hosts");
  check_refused(work, "/etc/other");
}
