#include "report/stream_results.hpp"

#include "base/bounded_json.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
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

ordered_json parse_record(const std::string& line) { return parse_line(line, {}); }

Result<bool> stream_results(const std::filesystem::path& file, const OnRecord& on_record, Evidence evidence) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return Problem{{file.string(), 0, 0}, "a readable results.jsonl", "none"};
    int number = 0;
    bool cut = false;
    std::streamoff at = 0;
    for (std::string line; !cut && std::getline(stream, line); at += std::ssize(line) + 1) {
        ++number;
        cut = stream.eof();  // no newline at its end
        if (cut) break;
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
    if (number == 0 || (number == 1 && cut))
        return Problem{{file.string(), 1, 1}, "a record run.start", "none"};
    return cut;
}

std::filesystem::path results_file_of(const std::filesystem::path& named) {
    std::error_code ignored;
    return std::filesystem::is_directory(named, ignored) ? named / "results.jsonl" : named;
}

}  // namespace guise::report
