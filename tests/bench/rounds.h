// SPDX-License-Identifier: Apache-2.0
// Interleaved rounds: each round runs every variant once, so that a machine that gets slower affects all of them alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

struct Variant {
  std::string name;
  std::function<double()> measure;  ///< one value (nanoseconds, seconds or MiB); throws if it can't be measured
};

struct Measured {
  std::string name;
  std::vector<double> values;  ///< one per round
};

/// Runs one round that is not counted, then `rounds` that are.
std::vector<Measured> run_rounds(const std::vector<Variant>& variants, int rounds);

double median(std::vector<double> values);
/// The median of the ratios of each round.
double median_ratio(const Measured& of, const Measured& to);
const Measured& find(const std::vector<Measured>& all, const std::string& name);

/// Prints rows, and remembers whether one exceeded its limit.
class Report {
 public:
  void title(const std::string& text);
  /// Prints median and spread of each variant, and its ratio to the variant named `base`.
  void table(const std::vector<Measured>& all, const std::string& base, const std::string& unit);
  /// Prints a claim: `value` and the limit that it must not exceed.
  void claim(const std::string& text, double value, double limit);
  void fact(const std::string& text, double value, const std::string& unit);
  [[nodiscard]] bool all_kept() const { return over_ == 0; }

 private:
  int over_ = 0;
};
