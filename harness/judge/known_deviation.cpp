#include "judge/known_deviation.hpp"

#include "base/fields.hpp"
#include "base/glob.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <sstream>

namespace guise::judge {

namespace {

using yaml::Fields;
using yaml::Value;

// The numbers in a version, without the zeros at the end: 8, 8.0 and 8.0.0 are one version.
std::vector<unsigned> numbers(const std::string& version) {
    std::vector<unsigned> out;
    const char* at = version.data();
    const char* end = at + version.size();
    while (at != end) {
        unsigned number = 0;
        const auto [stop, error] = std::from_chars(at, end, number);
        if (error == std::errc()) out.push_back(number);
        at = stop == at ? at + 1 : stop;
    }
    while (!out.empty() && out.back() == 0) out.pop_back();
    return out;
}

// A sign and a number, such as `>=7.80`; no sign means "exactly".
bool is_bound(const std::string& bound) {
    const auto digits = std::min(bound.find_first_not_of("<>="), bound.size());
    const std::string sign = bound.substr(0, digits);
    constexpr std::array<std::string_view, 6> signs{"", "=", "<", "<=", ">", ">="};
    return std::find(signs.begin(), signs.end(), sign) != signs.end() && digits < bound.size() &&
           std::isdigit(static_cast<unsigned char>(bound[digits]));
}

bool in_one_bound(const std::string& version, const std::string& bound) {
    if (!is_bound(bound)) return false;
    const auto digits = bound.find_first_not_of("<>=");
    const std::string sign = bound.substr(0, digits);
    const auto mine = numbers(version);
    const auto theirs = numbers(bound.substr(digits));
    if (sign == ">=") return mine >= theirs;
    if (sign == ">") return mine > theirs;
    if (sign == "<=") return mine <= theirs;
    if (sign == "<") return mine < theirs;
    return mine == theirs;
}

std::optional<std::chrono::sys_days> parse_day(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &year, &month, &day, &rest) != 3) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

void read_expiry(Fields& fields, bool needed, KnownDeviation& entry, Problems& problems) {
    const Value* day = needed ? fields.required("expires") : fields.maybe("expires");
    if (!day) return;
    entry.expires = parse_day(day->text);
    if (!entry.expires) problems.add(day->where, "a day such as 2027-03-31", day->describe());
}

void check_version(const Value& match, const KnownDeviation& entry, Problems& problems) {
    std::istringstream bounds(entry.version);
    for (std::string bound; bounds >> bound;)
        if (!is_bound(bound))
            problems.add(match.find("version")->where, "a range of versions such as >=7.80 <8.0",
                         fmt::format("'{}'", bound));
}

KnownDeviation read_entry(const Value& value, const std::string& client, bool needs_expiry,
                          Problems& problems) {
    KnownDeviation entry;
    entry.client = client;
    entry.where = value.where;
    Fields fields(value, problems);
    if (const Value* match = fields.required("match")) {
        Fields below(*match, problems);
        entry.scenario = below.text("scenario");
        entry.mode = below.maybe_text("mode").value_or("*");
        entry.check = below.text("check");
        entry.version = below.maybe_text("version").value_or("");
        check_version(*match, entry, problems);
        below.done();
    }
    if (const Value* fails = fields.required("fails")) {
        Fields below(*fails, problems);
        entry.verdict = below.choice<Verdict>("verdict");
        if (below.maybe("verdict") &&
            (entry.verdict == Verdict::pass || entry.verdict == Verdict::not_applicable ||
             entry.verdict == Verdict::not_run))
            problems.add(fails->where, "a verdict that is not as owed: note, fail, inconclusive or error",
                         fmt::format("'{}'", word(entry.verdict)));
        entry.observed = below.text("observed");
        below.done();
    }
    entry.reason = fields.text("reason");
    entry.evidence = fields.text("evidence");
    read_expiry(fields, needs_expiry, entry, problems);
    fields.done();
    return entry;
}

bool is_about(const KnownDeviation& entry, const KnownSession& session, std::chrono::sys_seconds now) {
    return entry.client == session.client && matches(entry.mode, session.mode) &&
           (entry.version.empty() || in_range(session.version, entry.version)) &&
           (!entry.expires || now < *entry.expires);
}

bool wrong(const Check& check) {
    return check.verdict != Verdict::pass && check.verdict != Verdict::not_applicable;
}

bool excuses(const KnownDeviation& entry, const Check& check) {
    return entry.check == check.name && entry.verdict == check.verdict &&
           check.observed.starts_with(entry.observed);
}

}  // namespace

bool in_range(const std::string& version, const std::string& range) {
    std::istringstream bounds(range);
    for (std::string bound; bounds >> bound;)
        if (!in_one_bound(version, bound)) return false;
    return true;
}

Result<std::vector<KnownDeviation>> load_known(const std::filesystem::path& file, bool needs_expiry) {
    const auto value = yaml::load(file);
    if (!value) return value.error();
    Problems problems;
    std::vector<KnownDeviation> out;
    Fields fields(*value, problems);
    const std::string client = fields.text("known");
    if (const Value* entries = fields.required("entries"))
        for (const Value* entry : Fields::each(*entries))
            out.push_back(read_entry(*entry, client, needs_expiry, problems));
    fields.done();
    if (!problems.empty()) return problems;
    return out;
}

std::vector<const KnownDeviation*> about(const std::vector<KnownDeviation>& all, const KnownSession& session,
                                         std::chrono::sys_seconds now) {
    std::vector<const KnownDeviation*> out;
    for (const KnownDeviation& entry : all)
        if (is_about(entry, session, now)) out.push_back(&entry);
    return out;
}

Standing standing_of(const Judgement& judgement, const std::string& scenario,
                     const std::vector<const KnownDeviation*>& session) {
    // A case without checks has nothing that an entry could know.
    if (judgement.verdict == Verdict::error && judgement.checks.empty()) return {Disposition::unexpected, {}};
    std::vector<const KnownDeviation*> entries;
    for (const KnownDeviation* entry : session)
        if (matches(entry->scenario, scenario)) entries.push_back(entry);
    std::vector<const KnownDeviation*> unused = entries;
    Standing out;
    bool unknown = false;
    for (const Check& check : judgement.checks) {
        if (!wrong(check)) continue;
        const auto excuse = std::find_if(entries.begin(), entries.end(),
                                         [&](const KnownDeviation* entry) { return excuses(*entry, check); });
        if (excuse == entries.end()) {
            unknown = unknown || check.verdict != Verdict::note;
            continue;
        }
        if (out.reason.empty()) out.reason = (*excuse)->reason;
        std::erase(unused, *excuse);
    }
    const bool judged = judgement.verdict == Verdict::pass || judgement.verdict == Verdict::note ||
                        judgement.verdict == Verdict::fail;
    if (unknown)
        out.disposition = Disposition::unexpected;
    else if (judged && !unused.empty())
        out.disposition = Disposition::fixed;
    return out;
}

}  // namespace guise::judge
