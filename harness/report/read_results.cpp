#include "report/read_results.hpp"

#include "evidence/json/parse_visit.hpp"
#include "report/parse.hpp"
#include "report/stream_results.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
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
        out.visits.push_back(evidence::parse_visit(json));
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
    Recorded out;
    const auto cut =
        stream_results(file, [&out](const ordered_json& record, std::streamoff) { add(record, out); });
    if (!cut) return cut.error();
    out.cut = *cut;
    return out;
}

}  // namespace guise::report
