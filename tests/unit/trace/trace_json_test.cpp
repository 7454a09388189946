// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "../io/temporary_directory.h"
#include "random_trace.h"

using namespace profilegen;
using nlohmann::ordered_json;

namespace {

constexpr const char* kRun = "00c0ffee00c0ffee";

Trace small_trace() {
  Trace trace;
  Run& run = trace.runs[kRun];
  run.kernel = "6.1.0";
  run.duration = 3'000'000'000;
  run.subject.command = {"cat", "/a\xff"};
  run.loss["files"] = 3;
  run.marks = {Mark::attached_late};
  run.mounts = {{"/", "overlay", "overlay", "image", false}};
  run.directories = {{"/var", true, true, 0755, 0, 0}};
  run.restricted = {{"/etc/key", 0600, 0, 0}};
  run.sizes = {{"/var/cache", 4096}};
  run.reread = {"/var/db"};
  run.remade = {"/var/lock"};
  run.peaks["memory"] = 9437184;
  run.hooks = {{"syscalls", "tp_btf/sys_enter", "operations of io_uring"}};
  Evidence seen;
  seen.first = {812345, 71, 71, "sh"};
  seen.runs.insert(kRun);
  trace.syscalls[{Phase::app, Arch::x86_64, 0}] = {seen, "cat"};
  trace.arguments[{{Phase::app, Arch::x86_64, 16}, {}}] = seen;
  trace.arguments[{{Phase::app, Arch::x86_64, 41}, {2, 1, 6}}] = seen;
  trace.denied[{Arch::x86_64, 435, 38}] = seen;
  trace.capabilities[{21, CapVerdict::needed, Arch::x86_64, kNoSyscall, "a<b"}] = {seen, {{kRun, 7}}};
  CapabilityObject log{.kind = ObjectKind::WRITE, .name = "/log", .mode = 0640};
  log.owner = Account{33, "www-data"};
  trace.capabilities.begin()->second.objects[log] = seen.first;
  trace.files[{"/a\\b\xff", FileOp::WRITE}] = {seen, "/", false};
  trace.sockets[{2, 1, SocketUse::loopback}] = seen;
  trace.behaviours[{Behaviour::SIGNAL_HANDLER, Arch::x86_64, 13}] = seen;
  trace.ports[{2, 1, 80}] = seen;
  return trace;
}

/// The error of loading small_trace's JSON after `change`; empty if it still loads.
std::string error_after(const std::function<void(ordered_json&)>& change) {
  ordered_json json = ordered_json::parse(format_trace(small_trace()));
  change(json);
  const auto trace = parse_trace(json.dump(), "t.json");
  return trace ? std::string() : trace.error().line();
}

}  // namespace

TEST_CASE("a trace in JSON") {
  CHECK(format_trace(small_trace()) == R"({
"profilegen_trace": 1,
"runs": [
{"id":"00c0ffee00c0ffee","kernel":"6.1.0","arch":"x86_64","duration":3000000000,"subject":{"engine":"","engine_version":"","container_id":"","container_name":"","image":"","image_digest":"","user":"","runtime":"","runtime_version":"","no_new_privileges":false,"read_only_root":false,"own_network":false,"seccomp_confined":false,"command":["cat","/a\\xff"]},"hooks":[{"fact":"syscalls","hook":"tp_btf/sys_enter","blind":"operations of io_uring"}],"loss":{"files":3},"marks":["attached-late"],"io_uring":false,"mounts":[{"path":"/","type":"overlay","source":"overlay","origin":"image","read_only":false}],"directories":[{"path":"/var","in_image":true,"has_content":true,"mode":493,"uid":0,"gid":0}],"restricted":[{"path":"/etc/key","mode":384,"uid":0,"gid":0}],"sizes":[{"path":"/var/cache","bytes":4096}],"reread":["/var/db"],"remade":["/var/lock"],"peaks":{"memory":9437184}}
],
"syscalls": [
{"phase":"app","arch":"x86_64","nr":0,"name":"read","only":"cat","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
],
"arguments": [
{"phase":"app","arch":"x86_64","nr":16,"name":"ioctl","values":null,"text":"any","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]},
{"phase":"app","arch":"x86_64","nr":41,"name":"socket","values":[2,1,6],"text":"AF_INET SOCK_STREAM 6","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
],
"denied": [
{"arch":"x86_64","nr":435,"name":"clone3","errno":38,"first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
],
"capabilities": [
{"cap":21,"name":"SYS_ADMIN","verdict":"needed","arch":"x86_64","nr":null,"site":"a<b","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"],"counts":[7],"objects":[{"object":{"kind":"write","name":"/log","call":"","mode":"0640","owner":{"id":33,"name":"www-data"},"group":null,"to_user":null,"to_group":null,"user":null,"numbers":[]},"first":{"ns":812345,"pid":71,"tid":71,"program":"sh"}}]}
],
"files": [
{"path":"/a\\\\b\\xff","op":"write","mount":"/","directory":false,"first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
],
"sockets": [
{"family":2,"type":1,"use":"loopback","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
],
"behaviours": [
{"behaviour":"signal-handler","arch":"x86_64","nr":13,"name":"rt_sigaction","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
],
"ports": [
{"family":2,"type":1,"port":80,"first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},"runs":["00c0ffee00c0ffee"]}
]
}
)");
}

TEST_CASE("an empty trace") {
  CHECK(format_trace({}) ==
        "{\n\"profilegen_trace\": 1,\n\"runs\": [],\n\"syscalls\": [],\n\"arguments\": [],\n\"denied\": "
        "[],\n\"capabilities\": [],\n"
        "\"files\": [],\n\"sockets\": [],\n\"behaviours\": [],\n\"ports\": []\n}\n");
  CHECK(*parse_trace(format_trace({}), "t.json") == Trace{});
}

TEST_CASE("what is written is read back, and written the same") {
  RandomTrace random(1);
  for (int round = 0; round < 500; ++round) {
    const Trace trace = random.next();
    const std::string text = format_trace(trace);
    const auto back = parse_trace(text, "t.json");
    INFO((back ? std::string() : back.error().line()));
    REQUIRE(back);
    REQUIRE(*back == trace);
    REQUIRE(format_trace(*back) == text);
  }
}

TEST_CASE("unknown numbers are kept as numbers") {
  Trace trace = small_trace();
  trace.syscalls[{Phase::app, Arch::x32, UINT32_MAX}] = trace.syscalls.begin()->second;
  trace.capabilities[{63, CapVerdict::denied, Arch::x86, 9999, ""}] = trace.capabilities.begin()->second;
  const std::string text = format_trace(trace);
  CHECK_THAT(text, Catch::Contains("\"nr\":4294967295,\"name\":\"#4294967295\""));
  CHECK_THAT(text, Catch::Contains("\"cap\":63,\"name\":\"#63\""));
  CHECK(*parse_trace(text, "t.json") == trace);
}

TEST_CASE("an older trace does not know what capabilities were used for") {
  ordered_json json = ordered_json::parse(format_trace(small_trace()));
  json["capabilities"][0].erase("objects");
  const auto trace = parse_trace(json.dump(), "t.json");
  REQUIRE(trace);
  CHECK(trace->capabilities.begin()->second.objects.empty());
}

TEST_CASE("mistakes in what capabilities were used for are named") {
  CHECK(error_after([](auto& json) {
          auto& objects = json["capabilities"][0]["objects"];
          objects.push_back(objects[0]);
        }) == "t.json: capabilities[0].objects[1]: repeats an earlier one");
  CHECK(error_after([](auto& json) {
          auto& objects = json["capabilities"][0]["objects"];
          for (int count = 0; count < 4; ++count) {
            objects.push_back(objects[0]);
            objects.back()["object"]["numbers"].push_back(count);
          }
        }) == "t.json: capabilities[0].objects[4]: is one more than a row has");
  CHECK_FALSE(error_after([](auto& json) { json["capabilities"][0]["objects"][0].erase("first"); }).empty());
}

TEST_CASE("the name of a call is for people only") {
  CHECK(error_after([](auto& json) { json["syscalls"][0]["name"] = "write"; }).empty());
  CHECK(error_after([](auto& json) { json["syscalls"][0]["name"] = 1; }) ==
        "t.json: syscalls[0].name: must be a string");
}

TEST_CASE("a trace begins with its version, and its runs come before what they saw") {
  const auto sorted = nlohmann::json::parse(format_trace(small_trace()));
  const auto unread = parse_trace(sorted.dump(1), "t.json");
  REQUIRE_FALSE(unread);
  CHECK(unread.error().line() == "t.json: must begin with its version");
  auto late = ordered_json::parse(format_trace(small_trace()));
  const ordered_json runs = late["runs"];
  late.erase("runs");
  late["runs"] = runs;
  const auto unknown = parse_trace(late.dump(1), "t.json");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().line() == "t.json: syscalls[0].runs[0]: must be the id of one of the runs");
}

TEST_CASE("another version, or another file, is told first") {
  CHECK(error_after([](auto& json) {
          json["profilegen_trace"] = 7;
          json["newer"] = true;
        }) == "t.json: is a trace of version 7, this profilegen reads version 1; update profilegen");
  CHECK(parse_trace("{\"profilegen_profile\": 1}", "p.json").error().line() ==
        "p.json: is not a trace of profilegen; a trace begins with \"profilegen_trace\"");
}

TEST_CASE("every key is known and there, in every object") {
  // Adds a key to, and removes each key from, every object of the file. Only loss and peaks have no required keys.
  const ordered_json whole = ordered_json::parse(format_trace(small_trace()));
  const ordered_json flat = whole.flatten();
  int checked = 0;
  for (const auto& [pointer, value] : flat.items()) {
    const ordered_json::json_pointer field(pointer);
    if (!whole.at(field.parent_pointer()).is_object()) continue;
    INFO(pointer);
    if (pointer.find("/loss/") == std::string::npos && pointer.find("/peaks/") == std::string::npos) {
      CHECK_THAT(error_after([&](auto& json) { json.at(field.parent_pointer()).erase(field.back()); }),
                 Catch::Contains(field.back() == "profilegen_trace" ? "is not a trace"
                                                                    : std::string("has no \"").append(field.back())));
    }
    CHECK_THAT(error_after([&](auto& json) { json.at(field.parent_pointer())["other"] = 1; }),
               Catch::Contains("other: is not a "));
    ++checked;
  }
  CHECK(checked > 60);
}

TEST_CASE("traces of older versions lack what came later") {
  for (const char* list : {"/behaviours", "/ports", "/runs/0/reread", "/runs/0/remade"}) {
    CAPTURE(list);
    const ordered_json::json_pointer field(list);
    CHECK(error_after([&](auto& json) { json.at(field.parent_pointer()).erase(field.back()); }).empty());
    CHECK(error_after([&](auto& json) { json[field] = 1; }) != "");
  }
}

TEST_CASE("no field takes another type") {
  const ordered_json flat = ordered_json::parse(format_trace(small_trace())).flatten();
  const std::vector<ordered_json> others = {true,      "?", -1, 1.5, ordered_json::array({ordered_json::array()}),
                                            {{"x", 1}}};
  for (const auto& [pointer, value] : flat.items()) {
    for (const ordered_json& other : others) {
      if (value.type() == other.type() || (value.is_number() && other.is_number_unsigned())) continue;
      INFO(pointer << " = " << other.dump());
      const std::string line =
          error_after([&, &at = pointer](auto& json) { json[ordered_json::json_pointer(at)] = other; });
      CHECK_THAT(line, Catch::StartsWith("t.json: "));
      CHECK(line.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("numbers, names and ids out of range are told by field") {
  const auto set = [](const char* pointer, const ordered_json& value) {
    return error_after([&](auto& json) { json[ordered_json::json_pointer(pointer)] = value; });
  };
  CHECK(set("/syscalls/0/nr", 4294967296) == "t.json: syscalls[0].nr: must be a number from 0 to 4294967295");
  CHECK(set("/capabilities/0/nr", 4294967295) == "t.json: capabilities[0].nr: must be a number from 0 to 4294967294");
  CHECK(set("/capabilities/0/counts/0", 0) ==
        "t.json: capabilities[0].counts[0]: must be a number from 1 to 18446744073709551615");
  CHECK(set("/capabilities/0/counts/1", 1) == "t.json: capabilities[0].counts[1]: is one more than there are runs");
  CHECK(set("/capabilities/0/counts", ordered_json::array()) ==
        "t.json: capabilities[0].counts: must have a number for each of the runs");
  CHECK(set("/denied/0/errno", 0) == "t.json: denied[0].errno: must be a number from 1 to 4095");
  CHECK(set("/runs/0/loss/files", 0) == "t.json: runs[0].loss.files: must be a number from 1 to 18446744073709551615");
  CHECK(set("/runs/0/loss/other", 1) == "t.json: runs[0].loss.other: is not a loss counter that this profilegen knows");
  CHECK(set("/runs/0/directories/0/mode", 4096) ==
        "t.json: runs[0].directories[0].mode: must be a number from 0 to 4095");
  CHECK(set("/runs/0/restricted/0/mode", 4096) ==
        "t.json: runs[0].restricted[0].mode: must be a number from 0 to 4095");
  CHECK(set("/runs/0/restricted/0/path", "key") == "t.json: runs[0].restricted[0].path: must be an absolute path");
  CHECK(set("/runs/0/peaks/memory", 0) ==
        "t.json: runs[0].peaks.memory: must be a number from 1 to 9223372036854775807");
  CHECK(set("/runs/0/peaks/other", 1) == "t.json: runs[0].peaks.other: is not a peak that this profilegen knows");
  CHECK(set("/syscalls/0/phase", "App") == "t.json: syscalls[0].phase: must be one of: app runtime-run runtime-exec");
  CHECK(set("/syscalls/0/arch", "mips") == "t.json: syscalls[0].arch: must be one of: x86_64 i386 x32 aarch64 arm");
  CHECK_THAT(set("/files/0/op", "WRITE"), Catch::StartsWith("t.json: files[0].op: must be one of: read write create"));
  CHECK(set("/files/0/path", "var") == "t.json: files[0].path: must be an absolute path");
  CHECK_THAT(set("/files/0/path", "/\\q"), Catch::StartsWith("t.json: files[0].path: must be text in which"));
  CHECK(set("/runs/0/mounts/0/origin", "x") ==
        "t.json: runs[0].mounts[0].origin: must be one of: image engine volume bind tmpfs other");
  CHECK(set("/runs/0/marks", {"attached-late", "attached-late"}) == "t.json: runs[0].marks[1]: is given twice");
  CHECK(set("/runs/0/id", "00C0FFEE00C0FFEE") == "t.json: runs[0].id: must be 16 hexadecimal digits in small letters");
  CHECK(set("/sockets/0/runs/0", "00c0ffee00c0ffef") ==
        "t.json: sockets[0].runs[0]: must be the id of one of the runs");
  CHECK(set("/sockets/0/runs", ordered_json::array()) == "t.json: sockets[0].runs: must name the runs that saw it");
  CHECK(set("/sockets/0/runs/1", kRun) == "t.json: sockets[0].runs[1]: is given twice");
}

TEST_CASE("a row is there once") {
  for (const char* list : {"syscalls", "arguments", "denied", "capabilities", "files", "sockets"}) {
    size_t rows = 0;
    const std::string line = error_after([&](auto& json) {
      rows = json[list].size();
      json[list].push_back(json[list][0]);
    });
    CHECK(line == std::string("t.json: ") + list + "[" + std::to_string(rows) + "]: repeats an earlier row");
  }
  CHECK(error_after([](auto& json) { json["runs"].push_back(json["runs"][0]); }) ==
        "t.json: runs[1].id: is the id of an earlier run");
}

TEST_CASE("a call has values or any, not both, and not too many") {
  const std::string mixed =
      "t.json: arguments: has a call with too many rows, or with other rows beside one for any arguments";
  const auto with_rows = [](uint32_t count, const ordered_json& also) {
    return error_after([&](auto& json) {
      ordered_json row = json["arguments"][0];
      json["arguments"] = ordered_json::array();
      for (uint32_t value = 0; value < count; ++value) {
        row["values"] = {value};
        json["arguments"].push_back(row);
      }
      row["values"] = also;
      json["arguments"].push_back(row);
    });
  };
  CHECK(with_rows(0, nullptr).empty());
  CHECK(with_rows(1, nullptr) == mixed);
  CHECK(with_rows(kMostArgumentValues - 1, {70000}).empty());
  CHECK(with_rows(kMostArgumentValues, {70000}) == mixed);
  CHECK(with_rows(1, ordered_json::array()) == "t.json: arguments[1].values: must be values, or null for any");
  CHECK(with_rows(1, {-1}) == "t.json: arguments[1].values[0]: must be a number from 0 to 4294967295");
}

TEST_CASE("a trace cut off anywhere is an error") {
  const std::string text = format_trace(small_trace());
  for (size_t length = 0; length + 2 < text.size(); ++length) {
    const auto trace = parse_trace(std::string_view(text).substr(0, length), "t.json");
    REQUIRE_FALSE(trace);
    REQUIRE_THAT(trace.error().line(), Catch::StartsWith("t.json: is "));
  }
}

TEST_CASE("changed bytes never crash, and errors stay on one line") {
  const std::string text = format_trace(small_trace());
  std::mt19937 random(3);
  for (int round = 0; round < 5000; ++round) {
    std::string changed = text;
    for (int count = 0; count < 3; ++count) changed[random() % changed.size()] = static_cast<char>(random());
    const auto trace = parse_trace(changed, "t.json");
    if (!trace) REQUIRE(trace.error().line().find('\n') == std::string::npos);
  }
}

TEST_CASE("a trace is saved and loaded") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("t.json");
  REQUIRE(save_trace(small_trace(), path));
  const auto back = load_trace(path);
  REQUIRE(back);
  CHECK(*back == small_trace());
  CHECK(load_trace(directory.file("none")).error().line() ==
        directory.file("none") + ": cannot be opened: No such file or directory");
}

TEST_CASE("files that are held elsewhere are written as if the trace had them") {
  const TemporaryDirectory directory;
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Trace whole = RandomTrace(seed).next();
    Trace rest = whole;
    rest.files.clear();
    const auto rows = [&whole](const FileRow& row) {
      for (const auto& [key, fact] : whole.files) row(key, fact);
    };
    REQUIRE(save_trace(rest, rows, directory.file("t.json")));
    CHECK(read_back(directory.file("t.json")) == format_trace(whole));
  }
}

TEST_CASE("ten times the files take about ten times as long") {
  const auto seconds = [](int files) {
    Trace trace = small_trace();
    const Evidence seen = trace.syscalls.begin()->second;
    for (int number = 0; number < files; ++number) {
      std::string path = "/usr/lib/python3/dist-packages/module.py.";
      path.append(std::to_string(number));
      trace.files[{path, FileOp::READ}] = {seen, "/", false};
    }
    const auto start = std::chrono::steady_clock::now();
    const auto back = parse_trace(format_trace(trace), "t.json");
    const auto end = std::chrono::steady_clock::now();
    REQUIRE(back);
    CHECK(*back == trace);
    return std::chrono::duration<double>(end - start).count();
  };
  // If a step looked at all earlier rows, ten times as many rows would take a hundred times as long.
  const double few = seconds(4000);
  CHECK(seconds(40000) < few * 40);
}
