// SPDX-License-Identifier: Apache-2.0
// Made from the parser's events and not from its tree of nodes: in that, an alias can stand within what it names, and
// the tree is complete before anybody can count it.
#include "yaml_json.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "yaml_scalar.h"

namespace profilegen::seccomp {
namespace {

using nlohmann::json;

constexpr size_t kMostNodes = 500'000;
constexpr size_t kMostText = size_t{64} << 20U;  // bytes of scalars, aliases expanded
constexpr size_t kDeepest = 100;
constexpr size_t kMostDocuments = 10'000;
constexpr size_t kLargest = size_t{16} << 20U;  // bytes of YAML; etcd stores 1.5 MiB

constexpr const char* kTooMuch = "has aliases that stand for too much";
constexpr const char* kTooMany = "has more values than any manifest";
constexpr const char* kTooDeep = "is nested too deeply";

/// Ends the parsing, which knows no other way.
struct Refusal {
  const char* what;
};

/// What a value takes, all that is in it included.
struct Cost {
  size_t nodes = 0;
  size_t text = 0;
  size_t depth = 0;
};

struct Named {
  json value;
  Cost cost;
};

/// A list or an object of which not all was read.
struct Open {
  json value;
  YAML::anchor_t anchor = 0;
  Cost before;             ///< what was read before it
  size_t depth = 1;        ///< of what is in it, itself included
  bool has_key = false;    ///< of an object: the next value belongs to `key`
  bool is_scalar = false;  ///< whether the key is one; JSON has no others
  std::string key;
  json::array_t merged{};  ///< what "<<" stands for
};

/// An object's own keys win over those that it takes over, and earlier ones over later ones.
void merge(json& into, const json& other) {
  if (other.is_array())
    for (const json& one : other) merge(into, one);
  if (!other.is_object()) return;
  for (const auto& [key, taken] : other.items())
    if (!into.contains(key)) into[key] = taken;
}

class Builder final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {
    named_.clear();
    // The parser makes empty documents for ever of a comma that begins one.
    if (documents_.size() == kMostDocuments) throw Refusal{"is no YAML, or has more documents than any manifest"};
    documents_.emplace_back();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override {
    const Cost cost{1, 0, 1};
    spend(cost, kTooMany);
    put(nullptr, anchor, cost, false);
  }
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const Cost cost{1, text.size(), 1};
    spend(cost, kTooMany);
    if (wants_key()) return put(text, anchor, cost, true);
    put(yaml_scalar(tag, text), anchor, cost, true);
  }
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override;
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(json::array(), anchor);
  }
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(json::object(), anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  std::vector<json> take() { return std::move(documents_); }

 private:
  [[nodiscard]] bool wants_key() const {
    return !open_.empty() && open_.back().value.is_object() && !open_.back().has_key;
  }
  void spend(const Cost& cost, const char* otherwise);
  void open(json empty, YAML::anchor_t anchor);
  void close();
  void put(json value, YAML::anchor_t anchor, const Cost& cost, bool is_scalar);
  void place(json value, bool is_scalar);

  std::vector<json> documents_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Named> named_;
  Cost spent_;
};

void Builder::spend(const Cost& cost, const char* otherwise) {
  spent_.nodes += cost.nodes;
  spent_.text += cost.text;
  if (spent_.nodes > kMostNodes || spent_.text > kMostText) throw Refusal{otherwise};
}

void Builder::open(json empty, YAML::anchor_t anchor) {
  if (open_.size() == kDeepest) throw Refusal{kTooDeep};
  open_.push_back({.value = std::move(empty), .anchor = anchor, .before = spent_, .key = {}});
  spend({1, 0, 0}, kTooMany);
}

void Builder::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  for (const json& other : done.merged) merge(done.value, other);
  const Cost cost{spent_.nodes - done.before.nodes, spent_.text - done.before.text, done.depth};
  put(std::move(done.value), done.anchor, cost, false);
}

/// A value with a name is kept once more, for its aliases.
void Builder::put(json value, YAML::anchor_t anchor, const Cost& cost, bool is_scalar) {
  if (anchor != 0) {
    spend(cost, kTooMuch);
    named_[anchor] = {value, cost};
  }
  if (!open_.empty()) open_.back().depth = std::max(open_.back().depth, cost.depth + 1);
  place(std::move(value), is_scalar);
}

/// Where the value belongs. A key that is no scalar is left out with its value, as JSON has no such key.
void Builder::place(json value, bool is_scalar) {
  if (open_.empty()) {
    documents_.back() = std::move(value);
    return;
  }
  Open& into = open_.back();
  if (into.value.is_array()) return into.value.push_back(std::move(value));
  if (!into.has_key) {
    into.has_key = true;
    into.is_scalar = is_scalar;
    into.key = value.is_string() ? value.get<std::string>() : std::string();
    return;
  }
  into.has_key = false;
  if (!into.is_scalar) return;
  if (into.key == "<<")
    into.merged.push_back(std::move(value));
  else
    into.value[into.key] = std::move(value);
}

void Builder::OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) {
  const auto found = named_.find(anchor);
  if (found == named_.end()) throw Refusal{"has an alias within what it names"};
  const Named& named = found->second;
  if (open_.size() + named.cost.depth > kDeepest) throw Refusal{kTooDeep};
  spend(named.cost, kTooMuch);
  const bool is_scalar = !named.value.is_structured() && !named.value.is_null();
  if (wants_key() && is_scalar && !named.value.is_string()) return put(named.value.dump(), 0, named.cost, true);
  put(named.value, 0, named.cost, is_scalar);
}

}  // namespace

Result<std::vector<json>> yaml_documents(std::string_view text, const std::string& object) {
  if (text.size() > kLargest) return Error{object, "is larger than any manifest"};
  Builder builder;
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refusal) {
    return Error{object, refusal.what};
  } catch (const YAML::Exception& exception) {
    return Error{object, fmt::format("is not valid YAML (line {}, column {})", exception.mark.line + 1,
                                     exception.mark.column + 1)};
  }
  return builder.take();
}

}  // namespace profilegen::seccomp
