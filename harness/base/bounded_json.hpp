// JSON from outside: the only way in which guise parses it.
//
// What is over a limit ends the parsing where it begins. Deep values cost stack when they are written or
// dropped, and names in one object cost time quadratic in their number, so both are limited besides the size.
#pragma once

#include "base/problem.hpp"

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace guise {

/// What a text may hold at most.
struct JsonLimits {
    std::size_t bytes = 1 << 20;
    std::size_t depth = 64;    // arrays and objects inside each other
    std::size_t names = 1000;  // in one object
};

/// Why a text is refused.
struct JsonError {
    std::string what;    // as the end of a sentence: `is not JSON`, `is nested more than 64 levels deep`
    std::size_t at = 0;  // the offset of the byte that is too much, or wrong
};

/// A value, or why there is none.
template <class Json>
using JsonResult = boost::system::result<Json, JsonError>;

/// Parses one value, as `nlohmann::json` or as `nlohmann::ordered_json`. A member `without` of the outermost
/// object is checked and left out. Errors: what is over a limit, or is not JSON in UTF-8. Throws only
/// std::bad_alloc.
template <class Json>
[[nodiscard]] JsonResult<Json> parse_json(std::string_view text, const JsonLimits& limits = {},
                                          std::string_view without = {});

/// The error as a problem of the file that holds `text`, with line and column.
[[nodiscard]] Problem json_problem(const JsonError& error, std::string_view text, SharedText file);

/// Called by `JsonResult::value()` on a broken invariant: the caller said there was a value.
[[noreturn]] void throw_exception_from_error(const JsonError& error, const boost::source_location& where);

}  // namespace guise
