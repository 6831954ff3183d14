#include "report/read_results.hpp"

#include "report/parse.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <string>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

// Adds one record; what it throws says what is wrong with the line.
void add(const ordered_json& json, Recorded& out) {
    const std::string type = json.at("type");
    if (type == "run.start")
        out.start = parse_run_start(json);
    else if (type == "visit")
        out.visits.push_back(parse_visit(json));
    else if (type == "case")
        out.cases.push_back(parse_case(json));
    else if (type == "session.end")
        out.sessions.push_back(parse_session_end(json));
    else if (type == "run.end")
        out.end = parse_run_end(json);
    else
        throw std::invalid_argument("the type '" + type + "'");
}

}  // namespace

Result<Recorded> read_results(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return Problem{{file.string(), 0, 0}, "a readable results.jsonl", "none"};
    Recorded out;
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (stream.eof()) {  // no newline at its end: it was being written when the run was killed
            out.cut = true;
            break;
        }
        try {
            const ordered_json json = ordered_json::parse(line);
            if (number == 1 && json.value("type", "") != "run.start")
                throw std::invalid_argument("another record");
            add(json, out);
        } catch (const std::exception& error) {
            return Problem{{file.string(), number, 1},
                           number == 1 ? "a record run.start" : "a record of a run",
                           error.what()};
        }
    }
    if (number == 0 || (number == 1 && out.cut))
        return Problem{{file.string(), 1, 1}, "a record run.start", "none"};
    return out;
}

}  // namespace guise::report
