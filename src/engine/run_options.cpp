// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "profilegen/confinement_options.h"

namespace profilegen {
namespace {

// Of `run` the options without a value are listed, and the letters of those: there are far more with one, and new ones
// in each release. docker's come first, then podman's, which nerdctl's are among.
constexpr std::string_view kRunFlags[] = {"--detach",
                                          "--disable-content-trust",
                                          "--help",
                                          "--init",
                                          "--interactive",
                                          "--no-healthcheck",
                                          "--oom-kill-disable",
                                          "--privileged",
                                          "--publish-all",
                                          "--quiet",
                                          "--read-only",
                                          "--rm",
                                          "--sig-proxy",
                                          "--tty",
                                          "--use-api-socket",
                                          "--env-host",
                                          "--http-proxy",
                                          "--no-hostname",
                                          "--no-hosts",
                                          "--passwd",
                                          "--read-only-tmpfs",
                                          "--replace",
                                          "--rmi",
                                          "--rootfs",
                                          "--tls-verify",
                                          "--unsetenv-all"};

bool is_flag(const std::string& word) {
  return std::find(std::begin(kRunFlags), std::end(kRunFlags), word) != std::end(kRunFlags);
}

// Whether the value of one of `run`'s options is the next word. Of "-itv" the first letter with a value has the rest of
// the word, if there is any.
bool run_option_takes_word(const std::string& word) {
  if (!word.starts_with("--")) return word.find_first_not_of(kRunFlagLetters, 1) == word.size() - 1;
  return word.find('=') == std::string::npos && !is_flag(word);
}

RunOption option_at(const std::vector<std::string>& words, size_t at) {
  const std::string& word = words[at];
  const size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
  if (equals != std::string::npos) return {word.substr(0, equals), word.substr(equals + 1), true, at, 1};
  if (run_option_takes_word(word) && at + 1 < words.size()) return {word, words[at + 1], true, at, 2};
  return {word, "", false, at, 1};
}

}  // namespace

bool says_no(std::string_view value) {
  constexpr std::string_view words[] = {"0", "f", "F", "false", "FALSE", "False"};
  return std::find(std::begin(words), std::end(words), value) != std::end(words);
}

bool is_switched_on(const RunOption& option) { return !option.has_value || !says_no(option.value); }

std::vector<RunOption> run_options(const std::vector<std::string>& words, size_t at) {
  std::vector<RunOption> options;
  while (at < words.size() && words[at].starts_with('-') && words[at] != "--") {
    options.push_back(option_at(words, at));
    at += options.back().words;
  }
  return options;
}

}  // namespace profilegen
