#include "import/limbo_report.hpp"

#include "base/bounded_json.hpp"
#include "base/read_file.hpp"
#include "base/words.hpp"
#include "import/limbo_file.hpp"
#include "report/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace guise::imports {

using nlohmann::ordered_json;

namespace {

const char* expected_word(const LimboResult& result) { return result.succeeds ? "accepted" : "refused"; }

std::size_t count(const LimboRecord& record, auto matches) {
    return static_cast<std::size_t>(std::count_if(record.results.begin(), record.results.end(), matches));
}

LimboRecord parse(const ordered_json& json) {
    LimboRecord out{json.at("corpus"), json.at("client"), json.at("version"), json.at("mode"), {}, {}};
    for (const ordered_json& each : json.at("results"))
        out.results.push_back(
            {each.at("id"), each.at("importance"), each.at("expected") == "accepted",
             from_word<LimboSeen>(each.at("seen").get<std::string>()).value_or(LimboSeen::unclear),
             each.at("sentence")});
    for (const ordered_json& each : json.at("skipped"))
        out.skipped.push_back({each.at("id"), each.at("reason")});
    return out;
}

}  // namespace

std::string limbo_json(const LimboRecord& record) {
    ordered_json out{{"corpus", record.corpus},          {"client", record.client},
                     {"version", record.version},        {"mode", record.mode},
                     {"results", ordered_json::array()}, {"skipped", ordered_json::array()}};
    for (const LimboResult& each : record.results)
        out["results"].push_back({{"id", each.id},
                                  {"importance", each.importance},
                                  {"expected", expected_word(each)},
                                  {"seen", word(each.seen)},
                                  {"sentence", each.sentence}});
    for (const LimboSkipped& each : record.skipped)
        out["skipped"].push_back({{"id", each.id}, {"reason", each.reason}});
    return report::json_text(out, 1) + "\n";
}

Result<LimboRecord> read_limbo_record(const std::filesystem::path& file) {
    const auto text = read_file(file, {corpus_limits.bytes, {}, "the readable results of an earlier import"});
    if (!text) return text.error();
    const auto parsed = parse_json<ordered_json>(*text, corpus_limits);
    if (!parsed) return json_problem(parsed.error(), *text, file.string());
    try {
        return parse(*parsed);
    } catch (const std::exception& error) {
        return Problem{{file.string(), 0, 0}, "the results of an earlier import", error.what()};
    }
}

std::vector<LimboChange> changes_since(const LimboRecord& before, const LimboRecord& now) {
    std::map<std::string, std::string> left;
    for (const LimboResult& each : before.results) left.emplace(each.id, word(each.seen));
    std::vector<LimboChange> out;
    for (const LimboResult& each : now.results) {
        const auto was = left.extract(each.id);
        const std::string is{word(each.seen)};
        if (was.empty() || was.mapped() != is) out.push_back({each.id, was.empty() ? "" : was.mapped(), is});
    }
    for (const auto& [id, was] : left) out.push_back({id, was, ""});
    return out;
}

std::string limbo_text(const LimboRecord& record) {
    std::string out;
    for (const LimboResult& each : record.results)
        if (!as_expected(each))
            out += fmt::format("{:<9} {} (the corpus, {}: {}): {}\n", word(each.seen), each.id,
                               each.importance, expected_word(each), each.sentence);
    std::map<std::string, std::size_t> reasons;
    for (const LimboSkipped& each : record.skipped) ++reasons[each.reason];
    for (const auto& [reason, number] : reasons) out += fmt::format("not replayed, {}: {}\n", number, reason);
    const auto unclear = count(record, [](const auto& each) { return each.seen == LimboSeen::unclear; });
    const auto good = count(record, [](const auto& each) { return as_expected(each); });
    const auto lax =
        count(record, [](const auto& each) { return !each.succeeds && each.seen == LimboSeen::accepted; });
    out += fmt::format(
        "{} {}, mode {}: {} of {} cases replayed: {} as the corpus expects, {} accepted that it "
        "refuses, {} refused that it accepts, {} unclear.\n",
        record.client, record.version, record.mode, record.results.size(),
        record.results.size() + record.skipped.size(), good, lax,
        record.results.size() - good - lax - unclear, unclear);
    return out;
}

}  // namespace guise::imports
