// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <string>
#include <utility>
#include <variant>

namespace profilegen {

/// A recoverable failure: what went wrong, with which object, and what the user can do about it.
struct Error {
  std::string object;  ///< the file, container or flag concerned; empty when there is none
  std::string what;    ///< one clause without a full stop, e.g. "is not valid JSON (line 3, column 7)"
  std::string hint{};  ///< what to do next; empty when there is no useful advice
  int errnum = 0;      ///< errno of the failed call, 0 when no call failed

  /// The one line shown to people: "OBJECT: WHAT: STRERROR; HINT".
  [[nodiscard]] std::string line() const {
    std::string text = object.empty() ? what : object + ": " + what;
    if (errnum != 0) text += std::string(": ") + std::strerror(errnum);
    if (!hint.empty()) text += "; " + hint;
    return text;
  }
};

/// A value, or the Error that explains why there is none. (std::expected needs C++23 in GCC 12.)
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] const Error& error() const { return std::get<1>(state_); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

struct Done {};
/// The result of a function that can fail but returns no value.
using Status = Result<Done>;

}  // namespace profilegen
