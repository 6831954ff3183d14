#include "report/stream_results.hpp"

#include "base/bounded_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

ordered_json parse_line(const std::string& line, std::string_view without) {
    auto parsed = parse_json<ordered_json>(line, record_limits, without);
    if (!parsed) throw std::invalid_argument("a line that " + parsed.error().what);
    return std::move(*parsed);
}

}  // namespace

Result<LineReader> open_results(const std::filesystem::path& file) {
    auto opened = open_file(file, {0, {}, "a readable results.jsonl"});
    if (!opened) return opened.error();
    return LineReader(std::move(*opened), record_limits.bytes);
}

ordered_json parse_record(const std::string& line) { return parse_line(line, {}); }

Result<bool> stream_results(const std::filesystem::path& file, const OnRecord& on_record, Evidence evidence) {
    auto lines = open_results(file);
    if (!lines) return lines.error();
    int number = 0;
    std::streamoff at = 0;
    std::string line;
    auto got = lines->next(line);
    for (; got == LineReader::Got::line; at += std::ssize(line) + 1, got = lines->next(line)) {
        ++number;
        try {
            const ordered_json json = parse_line(line, evidence == Evidence::wanted ? "" : "evidence");
            if (number == 1 && json.value("type", "") != "run.start")
                throw std::invalid_argument("another record");
            on_record(json, at);
        } catch (const std::exception& error) {
            return Problem{{file.string(), number, 1},
                           number == 1 ? "a record run.start" : "a record of a run",
                           error.what()};
        }
    }
    if (got == LineReader::Got::too_long)
        return Problem{{file.string(), number + 1, 1},
                       "a record of a run",
                       fmt::format("a line of more than {} MiB", record_limits.bytes >> 20)};
    if (number == 0) return Problem{{file.string(), 1, 1}, "a record run.start", "none"};
    return got == LineReader::Got::unfinished;
}

std::filesystem::path results_file_of(const std::filesystem::path& named) {
    std::error_code ignored;
    return std::filesystem::is_directory(named, ignored) ? named / "results.jsonl" : named;
}

}  // namespace guise::report
