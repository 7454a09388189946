// SPDX-License-Identifier: Apache-2.0
#include "json_builder.h"

#include <algorithm>

namespace profilegen {
namespace {

using nlohmann::json;

constexpr size_t kMaxDepth = 64;
// Each takes 16 bytes and more. A profile of 100 000 files has 300 000; of a trace only one list's element is held.
constexpr size_t kMaxValues = 4'000'000;

bool is_plain(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_' || letter == '-';
  });
}

/// One step of a field's path. A key can be any text, so it is quoted and shortened to keep the error on one line.
std::string step(const std::string& key, bool first) {
  constexpr size_t kMaxKey = 80;
  if (is_plain(key) && key.size() <= kMaxKey) return (first ? std::string() : std::string(".")).append(key);
  std::string quoted = json(key.substr(0, kMaxKey)).dump(-1, ' ', false, json::error_handler_t::replace);
  return std::string("[").append(quoted).append("]");
}

/// Searches depth-first, at most kMaxDepth levels deep; only used once there is an error to report.
bool find(const json& tree, const json& node, const std::string& path, std::string& found) {
  if (&tree == &node) {
    found = path;
    return true;
  }
  if (tree.is_array()) {
    for (size_t index = 0; index < tree.size(); ++index) {
      std::string next = path;
      next.append("[").append(std::to_string(index)).append("]");
      if (find(tree[index], node, next, found)) return true;
    }
  } else if (tree.is_object()) {
    for (const auto& [key, value] : tree.items()) {
      if (find(value, node, path + step(key, path.empty()), found)) return true;
    }
  }
  return false;
}

/// "line 3, column 7" of the byte at `offset`, both counted from 1.
std::string position_name(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return std::string("line ")
      .append(std::to_string(line))
      .append(", column ")
      .append(std::to_string(before.size() - start + 1));
}

class Builder final : public nlohmann::json_sax<json> {
 public:
  Builder(std::string_view text, const std::string& object, json& root, const JsonElement& element)
      : text_(text), object_(object), root_(root), element_(element) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }  // JSON text has none
  bool start_object(size_t /*size*/) override { return open(json::object()); }
  bool start_array(size_t /*size*/) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    const auto [slot, is_new] = open_.back()->get_ref<json::object_t&>().emplace(std::move(value), nullptr);
    if (!is_new) return fail(json_field_path(root_, slot->second), "is given twice");
    slot_ = &slot->second;
    if (open_.size() == 1) {
      list_ = slot->first;
      place_in_list_ = 0;
    }
    return true;
  }

  bool parse_error(size_t position, const std::string& /*token*/, const json::exception& exception) override {
    constexpr int kNumberOverflow = 406;
    const std::string where = position_name(text_, std::min(position == 0 ? 0 : position - 1, text_.size()));
    if (exception.id == kNumberOverflow) return fail({}, "has a number that is out of range (" + where + ")");
    if (position > text_.size()) return fail({}, "is cut off: it ends inside of its JSON (" + where + ")");
    return fail({}, "is not valid JSON (" + where + ")");
  }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  bool fail(const std::string& path, const std::string& what) {
    error_ = Error{json_object_name(object_, path), what};
    return false;
  }

  /// The place for the next value.
  json& place() {
    if (open_.empty()) return root_;
    if (open_.back()->is_array()) return open_.back()->emplace_back();
    return *slot_;
  }

  bool count() { return ++values_ <= kMaxValues || fail({}, "has more than 4 000 000 values"); }

  template <typename Value>
  bool put(Value&& value) {
    if (!count()) return false;
    place() = std::forward<Value>(value);
    return hand_out();
  }

  bool open(json&& container) {
    if (open_.size() == kMaxDepth) return fail({}, "is nested deeper than 64 levels");
    if (!count()) return false;
    json& slot = place();
    slot = std::move(container);
    open_.push_back(&slot);
    return true;
  }

  bool close() {
    open_.pop_back();
    return hand_out();
  }

  /// Passes on the last value if it was an element of a list in the root.
  bool hand_out() {
    if (!element_ || open_.size() != 2 || !open_.back()->is_array()) return true;
    auto& list = open_.back()->get_ref<json::array_t&>();
    if (!element_(list_, place_in_list_++, list.back())) return false;
    list.clear();
    values_ = 0;
    return true;
  }

  std::string_view text_;
  const std::string& object_;
  json& root_;
  // From the root to the innermost open value. Growing an array moves its elements, but none of them is open then.
  std::vector<json*> open_;
  json* slot_ = nullptr;
  const JsonElement& element_;
  std::string list_;  // the key that was last read in the root
  size_t place_in_list_ = 0;
  size_t values_ = 0;  // that are held
  std::optional<Error> error_;
};

}  // namespace

std::string json_field_path(const json& root, const json& node, const std::string& name) {
  std::string found;
  find(root, node, name, found);
  return found;
}

std::string json_object_name(const std::string& object, const std::string& path) {
  return path.empty() ? object : std::string(object).append(": ").append(path);
}

std::optional<Error> build_json(std::string_view text, const std::string& object, json& root,
                                const JsonElement& element) {
  Builder builder(text, object, root, element);
  // sax_parse() returns false only when a callback of the builder did, and then the builder has the error.
  if (json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return builder.error();
}

}  // namespace profilegen
