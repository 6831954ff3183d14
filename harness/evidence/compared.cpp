#include "evidence/compared.hpp"

#include "secrets/compare.hpp"
#include "secrets/find.hpp"

#include <algorithm>
#include <functional>

namespace guise::evidence {

namespace {

using secrets::SentParts;
using tls::Transcript;

// One text of each connection, and where it is noted that it holds the canary.
struct Place {
    std::string Transcript::*text;
    std::string Transcript::*note;
};

constexpr Place places[] = {{&Transcript::application, &Transcript::application_secret},
                            {&Transcript::clear, &Transcript::clear_secret},
                            {&Transcript::hello_octets, &Transcript::hello_secret}};

bool compare_place(std::span<VisitEvidence* const> runs, const Place& place) {
    std::vector<SentParts> sent;
    for (const VisitEvidence* run : runs) {
        SentParts& parts = sent.emplace_back();
        for (const Transcript& connection : run->connections)
            parts.push_back(std::invoke(place.text, connection));
    }
    const auto follows = secrets::following(sent);
    bool any = false;
    for (std::size_t i = 0; i < runs.size(); ++i)
        for (std::size_t k = 0; k < follows[i].size(); ++k) {
            Transcript& connection = runs[i]->connections[k];
            std::string& note = std::invoke(place.note, connection);
            const bool told =
                connection.secret_proven || !note.empty() || !follows[i][k] ||
                !secrets::form_of_secret(std::invoke(place.text, connection), runs[i]->canary).empty();
            if (told) continue;
            note = by_comparison;
            any = true;
        }
    return any;
}

// What was said at one place is one text: which of it has the canary does not matter.
bool compare_said(std::span<VisitEvidence* const> runs, const std::string& to) {
    std::vector<SentParts> sent;
    for (const VisitEvidence* run : runs) {
        SentParts& parts = sent.emplace_back();
        for (const auto& [where, text] : run->said)
            if (where == to) parts.push_back(text);
    }
    const auto follows = secrets::following(sent);
    bool any = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto& asides = runs[i]->asides;
        const bool told = std::ranges::find(asides, to, &Aside::to) != asides.end();
        if (told || std::ranges::find(follows[i], true) == follows[i].end()) continue;
        asides.push_back({to, by_comparison});
        any = true;
    }
    return any;
}

}  // namespace

bool compare_runs(std::span<VisitEvidence* const> runs) {
    if (runs.size() != secrets::secret_of_run.size()) return false;
    bool any = false;
    for (const Place& place : places) any = compare_place(runs, place) || any;
    std::vector<std::string> said_to;
    for (const auto& [to, text] : runs.front()->said)
        if (std::ranges::find(said_to, to) == said_to.end()) said_to.push_back(to);
    for (const std::string& to : said_to) any = compare_said(runs, to) || any;
    return any;
}

}  // namespace guise::evidence
