// Compares a report with the file that was approved for it.
#pragma once

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace guise::report {

inline std::string content_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// With GUISE_APPROVE=1 the file becomes what the report is now.
inline void check_approved(const std::string& name, const std::string& text) {
    const auto file = std::filesystem::path(GUISE_SOURCE_DIR) / "fixtures" / "reports" / name;
    const char* approve = std::getenv("GUISE_APPROVE");
    if (approve && std::string_view(approve) == "1") std::ofstream(file, std::ios::binary) << text;
    INFO("The report is not what fixtures/reports/" << name << " approves. To accept it as it is now:\n"
                                                    << "  GUISE_APPROVE=1 unit_report '[approved]'");
    CHECK(text == content_of(file));
}

}  // namespace guise::report
