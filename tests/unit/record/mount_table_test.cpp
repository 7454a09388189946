// SPDX-License-Identifier: Apache-2.0
#include "paths/mount_table.h"

#include <catch2/catch.hpp>

using namespace profilegen;

namespace {
constexpr std::string_view kMountinfo =
    "1 0 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/l\n"
    "2 1 254:0 /var/lib/docker/volumes/db/_data /data rw - ext4 /dev/vda rw\n"
    "3 1 254:0 /srv/with\\040blank /mnt/with\\040blank ro,nosuid shared:1 master:2 - ext4 /dev/vda rw\n"
    "4 1 0:51 / /tmp rw - tmpfs tmpfs rw\n"
    "5 1 0:52 / /tmp rw - tmpfs upper rw\n"
    "no mount line\n";
}

TEST_CASE("the mount above a file tells whether its code can run") {
  const MountTable table = parse_mountinfo(
      "36 35 0:40 / / rw - overlay overlay rw\n"
      "37 36 0:41 / /tmp rw,nosuid,noexec - tmpfs tmpfs rw,noexec\n"
      "38 37 0:42 / /tmp/run rw - tmpfs tmpfs rw\n");
  CHECK(is_without_execution(table, "/tmp/lib.so"));
  CHECK_FALSE(is_without_execution(table, "/tmp/run/lib.so"));
  CHECK_FALSE(is_without_execution(table, "/tmpx"));
}

TEST_CASE("the layers of an overlay at the root are told, where they are whole paths") {
  const auto layers = [](const std::string& options) {
    return root_layers(
        parse_mountinfo("1 0 0:50 / / rw - overlay overlay " + options + "\n2 1 0:51 / /x rw - tmpfs x rw\n"));
  };
  using Layers = std::vector<std::string>;
  CHECK(layers("rw,lowerdir=/l/A:/l/B\\040C,upperdir=/u,workdir=/w") == Layers{"/l/A", "/l/B C"});
  CHECK(layers("rw,lowerdir+=/l/A,lowerdir+=/l/B,upperdir=/u") == Layers{"/l/A", "/l/B"});
  CHECK(layers("rw,lowerdir=l/A:/l/B").empty());  // relative to the engine's working directory
  CHECK(layers("rw").empty());
  CHECK(root_layers({}).empty());
}

TEST_CASE("mountinfo is read with its octal escapes and optional fields") {
  const MountTable table = parse_mountinfo(kMountinfo);
  REQUIRE(table.size() == 5);
  CHECK(table[0].type == "overlay");
  CHECK(table[1].dev == (254U << 20 | 0));
  CHECK(table[2].path == "/mnt/with blank");
  CHECK(table[2].root == "/srv/with blank");
  CHECK(table[2].read_only);
  CHECK(table[2].source == "/dev/vda");
  CHECK_FALSE(table[1].read_only);
  CHECK(table[1].id == 2);
  CHECK(root_mount(table) == 1);
  CHECK(root_mount({}) == 0);
}

TEST_CASE("a place of a file system is found where the namespace shows it") {
  const MountTable table = parse_mountinfo(kMountinfo);
  CHECK(locate(table, 254U << 20, "/var/lib/docker/volumes/db/_data/x") == "/data/x");
  CHECK(locate(table, 254U << 20, "/var/lib/docker/volumes/db/_data") == "/data");
  CHECK(locate(table, 50, "/etc/passwd") == "/etc/passwd");
  CHECK(locate(table, 50, "/") == "/");
  CHECK_FALSE(locate(table, 254U << 20, "/home/x"));
  CHECK_FALSE(locate(table, 99, "/x"));
}

TEST_CASE("a path of a nested namespace is found in the container's, or is not there at all") {
  const MountTable container = parse_mountinfo(kMountinfo);
  const MountTable nested =
      parse_mountinfo(std::string(kMountinfo) +
                      "9 1 0:50 /srv/source /srv/bound rw - overlay overlay rw,lowerdir=/l\n"
                      "10 1 0:60 / /home rw - tmpfs none rw\n"
                      "11 10 254:0 /var/lib/docker/volumes/db/_data /home/db rw - ext4 /dev/vda rw\n");
  CHECK(translate(nested, "/etc/passwd", container) == "/etc/passwd");
  CHECK(translate(nested, "/data/x", container) == "/data/x");
  CHECK(translate(nested, "/tmp", container) == "/tmp");
  CHECK(translate(nested, "/srv/bound/x", container) == "/srv/source/x");
  CHECK(translate(nested, "/srv/bound", container) == "/srv/source");
  CHECK(translate(nested, "/home/db/x", container) == "/data/x");
  CHECK_FALSE(translate(nested, "/home/x", container));
  CHECK_FALSE(translate({}, "/etc/passwd", container));
}

TEST_CASE("the directory to which a container's overlay writes is known, if the engine gave its whole path") {
  const auto upper_of = [](const std::string& options) {
    return root_upper(parse_mountinfo("1 0 0:50 / / rw - overlay overlay " + options + "\n"));
  };
  CHECK(upper_of("rw,lowerdir=/a:/b,upperdir=/u/diff,workdir=/u/work") == "/u/diff");
  CHECK(upper_of("rw,lowerdir=/a,upperdir=/with\\040blank") == "/with blank");
  CHECK(upper_of("rw,lowerdir=a,upperdir=u").empty());
  CHECK(upper_of("ro,lowerdir=/a:/b").empty());
  CHECK(root_upper(parse_mountinfo("1 0 254:0 / / rw - ext4 /dev/vda rw\n")).empty());
}

TEST_CASE("a place can be written to in the name of another table if that has its file system") {
  const MountTable container = parse_mountinfo(kMountinfo);
  const MountTable nested = parse_mountinfo(
      "1 0 0:90 / / rw - tmpfs none rw\n"
      "2 1 0:50 / /old rw - overlay overlay rw\n"
      "3 2 0:50 /usr /old/usr ro - overlay overlay rw\n");
  CHECK(can_write_to(nested, "/old/etc", container));
  CHECK_FALSE(can_write_to(nested, "/old/usr/share", container));
  CHECK_FALSE(can_write_to(nested, "/tmp", container));
  CHECK_FALSE(can_write_to({}, "/tmp", container));
}
