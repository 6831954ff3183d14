// Reads the rules of a service's file.
#pragma once

#include "service/service.hpp"

namespace guise::service {

/// Each reads a list of rules; what is wrong becomes problems.
[[nodiscard]] std::vector<HttpRule> read_http_rules(const yaml::Value& list,
                                                    const std::map<std::string, std::string>& values,
                                                    Problems& problems);
[[nodiscard]] std::vector<LineRule> read_line_rules(const yaml::Value& list, Problems& problems);

/// A placeholder in a scalar of `value` that is neither a fact nor one of `values` is a problem.
void check_placeholders(const yaml::Value& value, const std::map<std::string, std::string>& values,
                        Problems& problems);

}  // namespace guise::service
