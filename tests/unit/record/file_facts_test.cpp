// SPDX-License-Identifier: Apache-2.0
#include "files/file_facts.h"

#include <catch2/catch.hpp>
#include <random>
#include <type_traits>

using namespace profilegen;

namespace {

using Files = std::map<FileKey, FileFact>;

Files all(const FileFacts& facts) {
  Files found;
  facts.each([&](const FileKey& key, const FileFact& fact) { REQUIRE(found.emplace(key, fact).second); });
  return found;
}

std::vector<FileKey> in_order(const FileFacts& facts) {
  std::vector<FileKey> keys;
  facts.each([&](const FileKey& key, const FileFact&) { keys.push_back(key); });
  return keys;
}

FileFact fact(uint64_t ns, const std::string& program, const RunId& run, bool directory = false) {
  return {{{ns, 1, 2, program}, {run}}, "", directory};
}

/// Few names, with characters close to '/', so that many paths are prefixes of others.
std::string random_path(std::mt19937& random) {
  static const std::string kNames[] = {"a", "a-b", "a b", "a0", "ab", "", "\xff", "a-"};
  std::string path;
  for (uint32_t depth = 1 + random() % 4; depth > 0; --depth) path += "/" + kNames[random() % 8];
  return path;
}

}  // namespace

TEST_CASE("what is put in comes out, joined as traces are merged, and in the order of a trace") {
  std::mt19937 random(1);
  FileFacts facts;
  Trace expected;
  for (int i = 0; i < 20000; ++i) {
    const FileKey key{random_path(random), static_cast<FileOp>(random() % 27)};
    FileFact one = fact(random() % 5, random() % 2 ? "sh" : "ls", random() % 2 ? "a" : "b", random() % 2 == 0);
    one.mount = random() % 2 ? "/" : "/a";
    facts.add(key.path, key.op, one);
    Trace next;
    next.files[key] = one;
    expected = merge_traces(std::move(expected), next).value();
  }
  CHECK(all(facts) == expected.files);
  const auto keys = in_order(facts);
  CHECK(std::is_sorted(keys.begin(), keys.end()));
}

TEST_CASE("a name that continues another with a letter below the slash stands between it and what is below it") {
  FileFacts facts;
  for (const char* path : {"/a/b", "/a", "/a-b", "/", "/a-b/c", "/a0"})
    facts.add(path, FileOp::READ, fact(1, "x", "r"));
  std::vector<std::string> paths;
  for (const FileKey& key : in_order(facts)) paths.push_back(key.path);
  CHECK(paths == std::vector<std::string>{"/", "/a", "/a-b", "/a-b/c", "/a/b", "/a0"});
}

TEST_CASE("facts are moved with their texts, and can't be copied: a copy's would be the original's") {
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<FileFacts>);
  STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<Interned<std::string>>);
  FileFacts facts;
  facts.add("/a", FileOp::READ, fact(1, "x", "r"));
  FileFacts moved = std::move(facts);
  moved.add("/b", FileOp::READ, fact(2, "y", "r"));
  FileFacts again;
  again = std::move(moved);
  CHECK(all(again).at({"/a", FileOp::READ}).first.program == "x");
  CHECK(all(again).at({"/b", FileOp::READ}).first.program == "y");
}

TEST_CASE("a directory above a file is no fact of its own") {
  FileFacts facts;
  CHECK(facts.is_empty());
  facts.add("/a/b/c", FileOp::CREATE, fact(1, "x", "r"));
  CHECK(facts.contains("/a/b/c", FileOp::CREATE));
  CHECK_FALSE(facts.contains("/a/b/c", FileOp::WRITE));
  CHECK_FALSE(facts.contains("/a/b", FileOp::CREATE));
  CHECK_FALSE(facts.contains("/a/b/c/d", FileOp::CREATE));
  CHECK(all(facts).size() == 1);
}

TEST_CASE("a fact can become a directory's, one that is not there can't") {
  FileFacts facts;
  facts.add("/a", FileOp::RENAME_FROM, fact(1, "x", "r"));
  facts.set_directory("/a", FileOp::RENAME_FROM);
  facts.set_directory("/a", FileOp::MKDIR);
  CHECK(facts.is_directory("/a", FileOp::RENAME_FROM));
  CHECK(all(facts).size() == 1);
}

TEST_CASE("a file lies on the longest mount point above it") {
  FileFacts facts;
  for (const char* path : {"/data/x", "/database", "/data", "/data/deep/y", "/"})
    facts.add(path, FileOp::CREATE, fact(1, "x", "r"));
  facts.set_mounts({{"/", "", "", "image"}, {"/data", "", "", "volume"}, {"/data/deep", "", "", "tmpfs"}});
  const Files files = all(facts);
  CHECK(files.at({"/data/x", FileOp::CREATE}).mount == "/data");
  CHECK(files.at({"/data", FileOp::CREATE}).mount == "/data");
  CHECK(files.at({"/data/deep/y", FileOp::CREATE}).mount == "/data/deep");
  CHECK(files.at({"/database", FileOp::CREATE}).mount == "/");
  CHECK(files.at({"/", FileOp::CREATE}).mount == "/");
}

TEST_CASE("names and paths by the hundred thousand are all kept") {
  FileFacts facts;
  for (int i = 0; i < 100000; ++i)
    facts.add("/directory-" + std::to_string(i % 1000) + "/name-" + std::to_string(i), FileOp::CREATE,
              fact(1, "x", "r"));
  CHECK(in_order(facts).size() == 100000);
}
