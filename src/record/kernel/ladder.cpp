// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "profilegen/ladder.h"

namespace profilegen {
namespace {

constexpr Rung kRungs[] = {
#define RUNG(fact, name, trial, subject, programs, hooks, blind) {#fact, #name, hooks, blind, programs},
#include "profilegen/rungs.def"
#undef RUNG
};

std::string names_of(std::string_view fact) {
  std::string names;
  for (const Rung& rung : kRungs)
    if (rung.fact == fact) names += (names.empty() ? "" : ", ") + std::string(rung.name);
  return names;
}

std::string facts_with_choice() {
  std::string facts;
  for (size_t i = 1; i < std::size(kRungs); ++i)
    if (kRungs[i].fact == kRungs[i - 1].fact && !facts.ends_with(kRungs[i].fact))
      facts += (facts.empty() ? "" : ", ") + std::string(kRungs[i].fact);
  return facts;
}

Status add_forced(ForcedRungs& forced, const std::string& word) {
  const size_t equals = word.find('=');
  const std::string fact = word.substr(0, equals);
  const std::string name = equals == std::string::npos ? "" : word.substr(equals + 1);
  const std::string known = names_of(fact);
  if (known.empty() || equals == std::string::npos)
    return Error{"--hooks " + word, "is not FACT=NAME", "facts with a choice are " + facts_with_choice()};
  const auto is_it = [&](const Rung& rung) { return rung.fact == fact && rung.name == name; };
  if (std::none_of(std::begin(kRungs), std::end(kRungs), is_it))
    return Error{"--hooks " + word, "names no hook of " + fact, "these are " + known};
  forced[fact] = name;
  return Done{};
}

// Tries one more rung for a fact that has none yet.
Status climb(HookChoice& choice, const Rung& rung, const std::string* forced, const RungTrial& trial) {
  if (choice.rung || (forced && *forced != rung.name)) return Done{};
  const Status tried = trial(rung);
  if (tried)
    choice.rung = &rung;
  else if (forced)
    return Error{"--hooks " + std::string(rung.fact) + "=" + std::string(rung.name), "can't be used here",
                 tried.error().line()};
  else
    choice.refused.push_back({&rung, tried.error().line()});
  return Done{};
}

}  // namespace

std::span<const Rung> rungs() { return kRungs; }

Result<ForcedRungs> parse_forced_rungs(const std::vector<std::string>& words) {
  ForcedRungs forced;
  for (const std::string& word : words) {
    for (size_t begin = 0; begin <= word.size();) {
      const size_t end = std::min(word.find(',', begin), word.size());
      if (auto added = add_forced(forced, word.substr(begin, end - begin)); !added) return added.error();
      begin = end + 1;
    }
  }
  return forced;
}

Result<std::vector<HookChoice>> choose_rungs(const ForcedRungs& forced, const RungTrial& trial) {
  std::vector<HookChoice> choices;
  for (const Rung& rung : kRungs) {
    if (choices.empty() || choices.back().fact != rung.fact) choices.push_back({rung.fact});
    const auto wish = forced.find(rung.fact);
    const std::string* name = wish == forced.end() ? nullptr : &wish->second;
    if (auto done = climb(choices.back(), rung, name, trial); !done) return done.error();
  }
  return choices;
}

}  // namespace profilegen
