// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"
#include "files/glob_text.h"
#include "files/own_names.h"

using namespace profilegen;
using Rules = std::map<std::string, std::string>;

namespace {

Rules rules_of(const TraceOf& trace) {
  const Profile profile = trace.profile();
  Rules rules;
  for (const auto& [pattern, rule] : profile.files) rules[pattern] = rule.permissions;
  return rules;
}

void read_many(TraceOf& trace, const std::string& directory, int count, const std::string& prefix = "file-") {
  // Letters, so that the rule for numbers does not apply.
  for (int index = 0; index < count; ++index) {
    const std::string name = prefix + static_cast<char>('a' + index / 26) + static_cast<char>('a' + index % 26);
    trace.file(directory + "/" + name, FileOp::READ);
  }
}

}  // namespace

TEST_CASE("operations on one path become its permissions") {
  TraceOf trace;
  trace.file("/srv/x", FileOp::WRITE).file("/srv/x", FileOp::READ).file("/srv/x", FileOp::LOCK);
  trace.file("/srv/y", FileOp::LINK_TO).file("/bin/sh", FileOp::EXEC).file("/lib/libc.so.6", FileOp::MAP_EXEC);
  CHECK(rules_of(trace) == Rules{{"/srv/x", "rwk"}, {"/srv/y", "l"}, {"/bin/sh", "rmix"}, {"/lib/libc.so.6", "m"}});
}

TEST_CASE("a file without a name is known by its inode's number in its directory") {
  TraceOf trace;
  trace.directory("/tmp", FileOp::TMPFILE).directory("/tmp", FileOp::MAP_EXEC).directory("/tmp", FileOp::READ);
  CHECK(rules_of(trace) == Rules{{"/tmp/", "r"}, {"/tmp/#[0-9]*", "rwm"}});
}

TEST_CASE("directories end in a slash, as AppArmor sees them") {
  TraceOf trace;
  trace.directory("/srv", FileOp::READ).file("/srv/new", FileOp::MKDIR).directory("/", FileOp::READ);
  CHECK(rules_of(trace) == Rules{{"/", "r"}, {"/srv/", "r"}, {"/srv/new/", "w"}});
}

TEST_CASE("what has no path has no rule") {
  TraceOf trace;
  trace.file("@abstract", FileOp::BIND).file("pipe:[1]", FileOp::WRITE);
  CHECK(rules_of(trace).empty());
}

TEST_CASE("a pattern is literal but for its marks") {
  CHECK(render_pattern("/a*?[b]{c}^\"d") == "/a\\*\\?\\[b\\]\\{c\\}\\^\\\"d");
  CHECK(render_pattern("/a\\b\\") == "/a\\134b\\134");  // "\\" before the closing quote would escape it
  CHECK(render_pattern("/@{HOME}") == "/@\\{HOME\\}");
  CHECK(render_pattern("/a b,c\xc3\xa9") == "/a b,c\xc3\xa9");
  CHECK(render_pattern("/\n\x7f\xff") == "/\\012\\177\\377");
  std::string marked = "/p";
  marked.append(kNumberMark).append("/*/").append(kAnyMark).append(".so/").append(kDeepMark);
  CHECK(render_pattern(marked) == "/p[0-9]*/\\*/*.so/**");
}

TEST_CASE("process ids and what is numbered below them always vary") {
  TraceOf trace;
  trace.file("/proc/12/stat", FileOp::READ).file("/proc/12/task/13/comm", FileOp::WRITE);
  trace.directory("/proc/12/fd", FileOp::READ).file("/proc/12/fd/7", FileOp::READ).file("/proc/meminfo", FileOp::READ);
  trace.directory("/proc/12", FileOp::READ).file("/proc/sys/net/4", FileOp::READ);
  CHECK(rules_of(trace) == Rules{{"/proc/[0-9]*/", "r"},
                                 {"/proc/[0-9]*/fd/", "r"},
                                 {"/proc/[0-9]*/fd/[0-9]*", "r"},
                                 {"/proc/[0-9]*/stat", "r"},
                                 {"/proc/[0-9]*/task/[0-9]*/comm", "w"},
                                 {"/proc/meminfo", "r"},
                                 {"/proc/sys/net/4", "r"}});
}

TEST_CASE("four paths that differ in one number are a pattern, three are not") {
  TraceOf trace;
  for (const int number : {0, 1, 12}) trace.file("/sys/cpu" + std::to_string(number) + "/online", FileOp::READ);
  CHECK(rules_of(trace).size() == 3);
  trace.file("/sys/cpu3/online", FileOp::READ);
  CHECK(rules_of(trace) == Rules{{"/sys/cpu[0-9]*/online", "r"}});
}

TEST_CASE("two numbers take two rounds") {
  TraceOf trace;
  for (const std::string cpu : {"0", "1", "2", "3"}) {
    for (const std::string index : {"0", "1", "2", "3"}) {
      trace.file("/sys/cpu" + cpu + "/index" + index + "/size", FileOp::READ);
    }
  }
  CHECK(rules_of(trace) == Rules{{"/sys/cpu[0-9]*/index[0-9]*/size", "r"}});
}

TEST_CASE("different permissions are never joined") {
  TraceOf trace;
  trace.file("/srv/1", FileOp::READ).file("/srv/2", FileOp::READ).file("/srv/3", FileOp::WRITE);
  trace.file("/srv/4", FileOp::WRITE);
  CHECK(rules_of(trace).size() == 4);
}

TEST_CASE("numbers in settings are names") {
  TraceOf trace;
  for (int number = 0; number < 9; ++number) {
    trace.file("/etc/rc" + std::to_string(number), FileOp::READ);
    trace.file("/proc/sys/dev/" + std::to_string(number), FileOp::READ);
  }
  CHECK(rules_of(trace).size() == 18);
}

TEST_CASE("a file called like a pattern stays literal") {
  TraceOf trace;
  trace.file("/srv/[0-9]*", FileOp::READ);
  CHECK(rules_of(trace) == Rules{{"/srv/\\[0-9\\]\\*", "r"}});
}

TEST_CASE("a directory of more than 16 files that are only read is opened for reading") {
  TraceOf trace;
  read_many(trace, "/usr/share/app", 16);
  CHECK(rules_of(trace).size() == 16);
  read_many(trace, "/usr/share/app", 17);
  trace.file("/usr/share/app/log", FileOp::WRITE).directory("/usr/share/app", FileOp::READ);
  CHECK(rules_of(trace) == Rules{{"/usr/share/app/", "r"}, {"/usr/share/app/*", "r"}, {"/usr/share/app/log", "w"}});
}

TEST_CASE("directories of secrets and settings, and those of the root, are never opened") {
  for (const std::string place :
       {"/etc", "/etc/ssl", "/root", "/root/.ssh", "/home/me", "/proc/sys/net", "/sys/class", "/usr"}) {
    TraceOf trace;
    read_many(trace, place, 30);
    CAPTURE(place);
    CHECK(rules_of(trace).size() == 30);
  }
}

TEST_CASE("a directory is never opened for writing") {
  TraceOf trace;
  for (char letter = 'a'; letter <= 'z'; ++letter) trace.file(std::string("/srv/app/") + letter, FileOp::WRITE);
  CHECK(rules_of(trace).size() == 26);
}

TEST_CASE("four opened directories in one open what lies below it, for reading only") {
  TraceOf trace;
  for (const std::string name : {"alpha", "beta", "gamma"}) read_many(trace, "/usr/lib/app/" + name, 17);
  CHECK(rules_of(trace).size() == 3);
  read_many(trace, "/usr/lib/app/delta", 17);
  trace.directory("/usr/lib/app", FileOp::READ).file("/usr/lib/app/x/y", FileOp::READ);
  trace.file("/usr/lib/app/run", FileOp::EXEC);
  CHECK(rules_of(trace) == Rules{{"/usr/lib/app/", "r"}, {"/usr/lib/app/**", "r"}, {"/usr/lib/app/run", "rmix"}});
}

TEST_CASE("four files that end alike are a pattern when they are only read or mapped") {
  TraceOf trace;
  for (const std::string name : {"liba.so", "libb.so.6", "libc.so.1.2"})
    trace.file("/usr/lib/" + name, FileOp::MAP_EXEC);
  CHECK(rules_of(trace).size() == 3);
  trace.file("/usr/lib/libd.so", FileOp::MAP_EXEC).file("/usr/lib/libd.something", FileOp::MAP_EXEC);
  CHECK(rules_of(trace) == Rules{{"/usr/lib/*.so*", "m"}, {"/usr/lib/libd.something", "m"}});
}

TEST_CASE("files that are written or executed are never joined by their ending") {
  for (const FileOp op : {FileOp::WRITE, FileOp::EXEC, FileOp::LOCK}) {
    TraceOf trace;
    for (const std::string name : {"a.sh", "b.sh", "c.sh", "d.sh"}) trace.file("/srv/app/" + name, op);
    CHECK(rules_of(trace).size() == 4);
  }
}

TEST_CASE("what looks made up in a name varies") {
  const auto shown = [](std::string_view name) { return render_pattern(vary_name(name)); };
  CHECK(shown("tmpx7f_q2ab") == "tmp*");
  CHECK(shown("tmp.qZ81aaBcDe") == "tmp.*");
  CHECK(shown("data.json.qX3b7Z") == "data.json.*");
  CHECK(shown("pid.4711") == "pid.[0-9]*");
  CHECK(shown("3f2a9c1e-12ab-4c3d-9e8f-0a1b2c3d4e5f.log") == "*.log");
  CHECK(shown("Makefile") == "Makefile");
  CHECK(shown("tmpfs") == "tmpfs");
  CHECK(shown("server.sock") == "server.sock");
}

TEST_CASE("a made-up name needs evidence that the application made it") {
  TraceOf read;
  read.file("/srv/app/data.qX3b7Z", FileOp::READ);
  CHECK(rules_of(read) == Rules{{"/srv/app/data.qX3b7Z", "r"}});
  TraceOf kept;
  kept.file("/srv/app/data.qX3b7Z", FileOp::CREATE);
  CHECK(rules_of(kept) == Rules{{"/srv/app/data.qX3b7Z", "w"}});
  TraceOf temporary;
  temporary.file("/tmp/data.qX3b7Z", FileOp::CREATE);
  CHECK(rules_of(temporary) == Rules{{"/tmp/data.*", "w"}});
  TraceOf gone;
  gone.file("/srv/app/data.qX3b7Z", FileOp::CREATE).file("/srv/app/data.qX3b7Z", FileOp::RENAME_FROM);
  CHECK(rules_of(gone) == Rules{{"/srv/app/data.*", "rw"}});
  TraceOf many;
  for (const std::string name : {"a1b2c3", "d4e5f6", "g7h8i9", "j1k2l3"}) many.file("/srv/up-" + name, FileOp::CREATE);
  CHECK(rules_of(many) == Rules{{"/srv/up-*", "w"}});
}

TEST_CASE("the file by which Python tries a directory has another name each time, letters only or not") {
  for (const std::string name : {"ab_cd3ef", "abcdefgh", "01234567"}) {
    CAPTURE(name);
    TraceOf trace;
    trace.file("/tmp/" + name, FileOp::CREATE).file("/tmp/" + name, FileOp::UNLINK);
    CHECK(rules_of(trace) == Rules{{"/tmp/*", "w"}});
    TraceOf kept;
    kept.file("/tmp/" + name, FileOp::CREATE)
        .file("/srv/abcdefgh", FileOp::CREATE)
        .file("/srv/abcdefgh", FileOp::UNLINK);
    CHECK(rules_of(kept).contains("/srv/abcdefgh"));
  }
  TraceOf kept;
  kept.file("/tmp/lockfile", FileOp::CREATE);
  CHECK(rules_of(kept) == Rules{{"/tmp/lockfile", "w"}});
}

TEST_CASE("what lies in a made-up directory moves with it") {
  TraceOf trace;
  trace.file("/tmp/tmp.qZ81aaBcDe", FileOp::MKDIR).file("/tmp/tmp.qZ81aaBcDe/out.txt", FileOp::WRITE);
  CHECK(rules_of(trace) == Rules{{"/tmp/tmp.*/", "w"}, {"/tmp/tmp.*/out.txt", "w"}});
}
