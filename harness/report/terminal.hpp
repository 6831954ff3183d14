// The results on a terminal: the matrix, what is not a plain pass, and what it all comes to.
#pragma once

#include "report/record.hpp"

#include <string>

namespace guise::report {

struct TerminalStyle {
    bool colour = false;
    std::size_t width = 100;  // characters in a line
};

/// The whole text, ended by a newline. Clients whose columns do not fit side by side go below each other.
[[nodiscard]] std::string terminal_report(const Results& results, const TerminalStyle& style);

/// One case in full: verdict, sentence, clauses, the command that repeats it.
[[nodiscard]] std::string case_text(const CaseRecord& record, const TerminalStyle& style);

}  // namespace guise::report
