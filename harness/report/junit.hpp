// The results as JUnit XML, for CI services.
#pragma once

#include "report/record.hpp"

#include <string>
#include <string_view>

namespace guise::report {

/// Stands in the head of every report (see base/own_file.hpp): `name="guise"`, or the name of the first
/// class.
constexpr std::string_view junit_mark = "name=\"guise";

/// One suite a client and mode, one test case a scenario, at most one child: `failure`, `error` or `skipped`.
/// Names hold no time, port or address, so that a service can follow a case over runs.
[[nodiscard]] std::string junit_report(const Results& results);

}  // namespace guise::report
