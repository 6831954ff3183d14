#include "report/diff.hpp"

#include "base/time.hpp"
#include "report/json.hpp"
#include "report/page.hpp"
#include "report/parse.hpp"
#include "report/stream_results.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

using Cases = std::map<CaseId, Compared>;
using Place = std::optional<Became> Compared::*;

// Reads one run, and puts what became of its cases to those of the other.
Result<Side> read_side(const std::filesystem::path& named, Cases& cases, Place place) {
    Side side;
    side.file = results_file_of(named);
    const auto take = [&](const ordered_json& record, std::streamoff) {
        if (record.at("type") == "run.start") side.start = parse_run_start(record);
        if (record.at("type") != "case") return;
        const CaseRecord read = parse_case(record);
        Compared& compared = cases[read.id];
        compared.id = read.id;
        compared.title = read.title;
        compared.*place = Became{word(read.judgement.verdict), cell_word(read), read.judgement.sentence};
    };
    const auto cut = stream_results(side.file, take, Evidence::passed_over);
    if (!cut) return cut.error();
    for (const auto& [id, compared] : cases)
        if (compared.*place) ++side.counts[(compared.*place)->word];
    return side;
}

// `pass`, or `known (fail)` where the word of a table is not the verdict.
std::string said(const Became& became) {
    return became.word == became.verdict ? became.word.text()
                                         : fmt::format("{} ({})", became.word, became.verdict);
}

std::string changed_text(const Compared& compared) {
    const auto& [id, title, before, after] = compared;
    if (!before) return fmt::format("new: {} {} {}: {}\n", id.scenario, id.client, id.mode, said(*after));
    if (!after)
        return fmt::format("gone: {} {} {}: was {}\n", id.scenario, id.client, id.mode, said(*before));
    return fmt::format("changed: {} {} {}: {} -> {}\n         was: {}\n         now: {}\n", id.scenario,
                       id.client, id.mode, said(*before), said(*after), before->sentence, after->sentence);
}

std::string versions_text(const Difference& difference) {
    std::map<std::string, std::string> before;
    for (const ClientFacts& client : difference.before.start.clients) before[client.name] = client.version;
    std::string out;
    for (const ClientFacts& client : difference.after.start.clients)
        if (const auto was = before.find(client.name); was != before.end() && was->second != client.version)
            out += fmt::format("{} was {}, is {}\n", client.name, was->second, client.version);
    return out;
}

ordered_json became_json(const Became& became) {
    return {{"word", became.word}, {"verdict", became.verdict}, {"sentence", became.sentence}};
}

ordered_json list_json(const std::vector<Compared>& list) {
    ordered_json out = ordered_json::array();
    for (const auto& [id, title, before, after] : list) {
        out.push_back(
            {{"scenario", id.scenario}, {"title", title}, {"client", id.client}, {"mode", id.mode}});
        if (before) out.back()["before"] = became_json(*before);
        if (after) out.back()["after"] = became_json(*after);
    }
    return out;
}

ordered_json side_json(const Side& side) {
    ordered_json out{{"file", side.file.string()},
                     {"version", side.start.version},
                     {"seed", side.start.seed},
                     {"now", time_text(side.start.now)},
                     {"counts", side.counts}};
    out["clients"] = ordered_json::array();
    for (const ClientFacts& client : side.start.clients)
        if (client.missing.empty())
            out["clients"].push_back({{"name", client.name}, {"version", client.version}});
    return out;
}

}  // namespace

Result<Difference> compare(const std::filesystem::path& before, const std::filesystem::path& after) {
    Cases cases;
    auto first = read_side(before, cases, &Compared::before);
    if (!first) return first.error();
    auto second = read_side(after, cases, &Compared::after);
    if (!second) return second.error();
    Difference out{std::move(*first), std::move(*second), {}, {}, {}, 0};
    for (auto& [id, compared] : cases) {
        if (!compared.before)
            out.fresh.push_back(std::move(compared));
        else if (!compared.after)
            out.gone.push_back(std::move(compared));
        else if (compared.before != compared.after)
            out.changed.push_back(std::move(compared));
        else
            ++out.unchanged;
    }
    return out;
}

std::string diff_text(const Difference& difference) {
    std::string out = versions_text(difference);
    for (const auto* list : {&difference.changed, &difference.fresh, &difference.gone})
        for (const Compared& compared : *list) out += changed_text(compared);
    return out + fmt::format("{} unchanged, {} changed, {} new, {} gone.\n", difference.unchanged,
                             difference.changed.size(), difference.fresh.size(), difference.gone.size());
}

std::string diff_data(const Difference& difference) {
    const ordered_json out{{"before", side_json(difference.before)},   {"after", side_json(difference.after)},
                           {"changed", list_json(difference.changed)}, {"fresh", list_json(difference.fresh)},
                           {"gone", list_json(difference.gone)},       {"same", difference.unchanged}};
    return json_text(out, 1) + "\n";
}

std::string diff_html(const Difference& difference) {
    return filled_page(diff_page(), diff_data(difference));
}

}  // namespace guise::report
