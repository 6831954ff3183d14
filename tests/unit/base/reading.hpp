// How the tests of this folder read a text that they expect to be good, or to be bad.
#pragma once

#include "base/yaml.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace guise::yaml {

/// The value of a text without problems.
inline Value value_of(const std::string& text) {
    const Result<Value> value = parse(text, "test.yaml");
    INFO(text);
    if (!value) FAIL(value.error().text());
    return *value;
}

/// The messages of a text with problems, one a line; nothing for a good text.
inline std::string problems_of(const std::string& text) {
    const Result<Value> value = parse(text, "test.yaml");
    return value ? std::string() : value.error().text();
}

}  // namespace guise::yaml
