// SPDX-License-Identifier: Apache-2.0
// SARIF 2.1.0 (OASIS), as code scanning takes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

struct SarifResult {
  std::string rule;        ///< its id
  std::string rule_text;   ///< what the rule means; the same for all results of a rule, as are level and severity
  std::string_view level;  ///< "error", "warning" or "note"
  std::string_view
      severity;  ///< code scanning reads more than 9.0 as critical, from 7.0 on as high, from 4.0 as medium
  std::string message;
  std::string file;                     ///< a path; code scanning takes it as relative to the repository
  std::string fingerprint_name;         ///< what `fingerprint` is of, with its version
  std::string fingerprint;              ///< by this a result is known again in the next run
  std::optional<std::string> accepted;  ///< why somebody has accepted it
};

/// GitHub accepts 25 000 results of a run and shows the first 5 000: later ones are left out.
std::string sarif_text(const std::vector<SarifResult>& results);

}  // namespace profilegen
