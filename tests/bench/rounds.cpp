// SPDX-License-Identifier: Apache-2.0
#include "rounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

std::vector<Measured> run_rounds(const std::vector<Variant>& variants, int rounds) {
  std::vector<Measured> all;
  for (const Variant& variant : variants) {
    all.push_back({variant.name, {}});
    variant.measure();
  }
  for (int round = 0; round < rounds; ++round)
    for (size_t i = 0; i < variants.size(); ++i) all[i].values.push_back(variants[i].measure());
  return all;
}

double median(std::vector<double> values) {
  if (values.empty()) throw std::runtime_error("median of nothing");
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double median_ratio(const Measured& of, const Measured& to) {
  std::vector<double> ratios;
  for (size_t i = 0; i < of.values.size(); ++i) ratios.push_back(of.values[i] / to.values.at(i));
  return median(ratios);
}

const Measured& find(const std::vector<Measured>& all, const std::string& name) {
  for (const Measured& measured : all)
    if (measured.name == name) return measured;
  throw std::runtime_error("no variant is called " + name);
}

void Report::title(const std::string& text) {
  fmt::print("\n{}\n", text);
  std::fflush(stdout);
}

void Report::table(const std::vector<Measured>& all, const std::string& base, const std::string& unit) {
  for (const Measured& row : all) {
    const auto [low, high] = std::minmax_element(row.values.begin(), row.values.end());
    fmt::print("  {:<44}{:>12.3f} {} ({:.3f} … {:.3f})", row.name, median(row.values), unit, *low, *high);
    if (!base.empty()) fmt::print("{:>10.3f} × {}", median_ratio(row, find(all, base)), base);
    fmt::print("\n");
  }
  std::fflush(stdout);
}

void Report::claim(const std::string& text, double value, double limit) {
  const bool kept = value <= limit;
  over_ += kept ? 0 : 1;
  fmt::print("  {:<64}{:>8.3f}  limit {:<6} {}\n", text, value, limit, kept ? "kept" : "OVER");
  std::fflush(stdout);
}

void Report::fact(const std::string& text, double value, const std::string& unit) {
  fmt::print("  {:<64}{:>8.3f} {}\n", text, value, unit);
  std::fflush(stdout);
}
