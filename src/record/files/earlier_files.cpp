// SPDX-License-Identifier: Apache-2.0
#include "files/earlier_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>

namespace profilegen {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostFiles = 100'000;
constexpr uint64_t kNever = UINT64_MAX;

// When a path was first used in each way, as FileFact.first.ns.
struct Uses {
  uint64_t read = kNever;
  uint64_t replaced = kNever;  // its name was made or removed, or its content cut off
  bool made = false;
  bool moved = false;  // made by a rename or a link
  bool removed = false;
};

bool reads(FileOp op) {
  return op == FileOp::READ || op == FileOp::MAP_EXEC || file_op_traits(op).right == FileOpTraits::Right::execute;
}

void add_use(FileOp op, uint64_t ns, Uses& uses) {
  using Name = FileOpTraits::Name;
  const Name name = file_op_traits(op).name;
  if (reads(op)) uses.read = std::min(uses.read, ns);
  if (name != Name::keeps || op == FileOp::TRUNCATE) uses.replaced = std::min(uses.replaced, ns);
  uses.made |= name == Name::makes;
  uses.moved |= op == FileOp::RENAME_TO || op == FileOp::LINK_TO;
  uses.removed |= name == Name::removes;
}

// Calls back once for each path on the image's mounts, with all its uses: the facts come in the order of paths.
void each_path(const FileFacts& files, const std::set<std::string>& image,
               const std::function<void(const std::string&, const Uses&)>& tell) {
  std::string path;
  Uses uses;
  const auto done = [&] {
    if (!path.empty()) tell(path, uses);
  };
  files.each([&](const FileKey& key, const FileFact& fact) {
    if (!image.contains(fact.mount)) return;
    if (key.path != path) {
      done();
      path = key.path;
      uses = Uses{};
    }
    add_use(key.op, fact.first.ns, uses);
  });
  done();
}

bool is_there(const std::string& directory) {
  struct stat status {};
  return lstat(directory.c_str(), &status) == 0;
}

}  // namespace

std::set<std::string> files_of_layer(const std::string& layer) {
  std::set<std::string> files;
  std::error_code failed;
  if (layer.empty()) return files;
  for (fs::recursive_directory_iterator entry(layer, failed), end; !failed && entry != end && files.size() < kMostFiles;
       entry.increment(failed)) {
    std::error_code unknown;
    if (entry->symlink_status(unknown).type() == fs::file_type::regular)
      files.insert(entry->path().native().substr(layer.size()));
  }
  return files;
}

std::vector<std::string> reread_files(const FileFacts& files, const std::set<std::string>& earlier,
                                      const std::set<std::string>& image) {
  std::vector<std::string> reread;
  if (earlier.empty()) return reread;
  each_path(files, image, [&](const std::string& path, const Uses& uses) {
    if (uses.read < uses.replaced && earlier.contains(path)) reread.push_back(path);
  });
  return reread;
}

std::vector<std::string> remade_names(const FileFacts& files, const std::string& layer,
                                      const std::set<std::string>& image, const PathResolver& container) {
  std::vector<std::string> candidates;
  std::vector<std::string> doubtful;  // a rename may have come after the last that was told
  each_path(files, image, [&](const std::string& path, const Uses& uses) {
    if (!uses.made || !uses.removed) return;
    candidates.push_back(path);
    if (uses.moved || !files.is_removed(path)) doubtful.push_back(path);
  });
  std::vector<std::string> remade;
  for (const std::string& path : candidates)
    if (container.status(path)) remade.push_back(path);
  // The engine removes the layer of a container that ran with --rm soon after its end.
  const bool is_gone = !container.status("/") || (!layer.empty() && !is_there(layer));
  return is_gone ? doubtful : remade;
}

}  // namespace profilegen
