// SPDX-License-Identifier: Apache-2.0
// Interleaved rounds: every variant once a round, so that a machine that gets slower or faster does so for all of them.
#pragma once

#include <functional>
#include <string>
#include <vector>

struct Variant {
  std::string name;
  std::function<double()> measure;  ///< one value: nanoseconds, seconds, MiB; throws when it can't be had
};

struct Measured {
  std::string name;
  std::vector<double> values;  ///< by round
};

/// One round that is not counted, then `rounds` that are.
std::vector<Measured> run_rounds(const std::vector<Variant>& variants, int rounds);

double median(std::vector<double> values);
/// Median of the ratios in each round.
double median_ratio(const Measured& of, const Measured& to);
const Measured& find(const std::vector<Measured>& all, const std::string& name);

/// Prints rows and remembers whether one was over its limit.
class Report {
 public:
  void title(const std::string& text);
  /// Median and spread of each variant, and its ratio to the one named `base`.
  void table(const std::vector<Measured>& all, const std::string& base, const std::string& unit);
  /// A claim: `value` against what it must not exceed.
  void claim(const std::string& text, double value, double limit);
  void fact(const std::string& text, double value, const std::string& unit);
  [[nodiscard]] bool all_kept() const { return over_ == 0; }

 private:
  int over_ = 0;
};
