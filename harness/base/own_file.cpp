#include "base/own_file.hpp"

#include "base/read_file.hpp"

#include <fmt/format.h>

#include <string>

namespace guise {

namespace {
constexpr std::size_t looked_at = 4096;
}

bool may_overwrite(const std::filesystem::path& file, std::string_view mark) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed)) return true;  // also where there is none
    if (std::filesystem::file_size(file, failed) == 0 && !failed) return true;
    return read_part(file, 0, looked_at).find(mark) != std::string::npos;
}

Problem foreign_file(const std::filesystem::path& file, std::string_view way_out) {
    return cannot("write " + file.string(),
                  fmt::format("the file exists and was not written by guise; {}", way_out));
}

}  // namespace guise
