// Puts a run into the page.
//
// The run lets go of evidence as soon as it is in the file, so the page is made of the file. A run may have
// tens of thousands of visits of several thousand bytes: the first pass over the file takes the cases and
// remembers where each visit stands; then visits are fetched one by one, those first that a reader will look
// at, until the page has its size.
#include "report/html.hpp"

#include "report/json.hpp"
#include "report/pack.hpp"
#include "report/page.hpp"
#include "report/page_records.hpp"
#include "report/stream_results.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

struct LinePlace {
    std::streamoff at = 0;
    int run = 1;  // of the case
};

struct Case {
    std::string packed;             // empty where its verdict is not known: the run was killed
    bool telling = false;           // not a plain pass
    std::vector<LinePlace> visits;  // where they stand in the file
    std::vector<int> shown;         // the runs whose visits are shown, in this order
    std::string evidence;           // they, packed; empty where it is left out
};

class Data {
 public:
    Data(std::filesystem::path file, const HtmlOptions& options)
        : file_(std::move(file)), options_(options) {}

    Result<std::string> make() {
        const auto take = [this](const ordered_json& record, std::streamoff at) { add(record, at); };
        const auto cut = stream_results(file_, take, Evidence::passed_over);
        if (!cut) return cut.error();
        cut_ = *cut;
        if (options_.judged) add_judged(*options_.judged);
        std::erase_if(cases_, [](const auto& each) { return each.second.packed.empty(); });
        add_evidence(true);
        add_evidence(false);
        return text();
    }

 private:
    void add(const ordered_json& record, std::streamoff at) {
        const std::string type = record.at("type");
        if (type == "run.start")
            start_ = record;
        else if (type == "visit" && record.at("control") == "")
            cases_[case_id(record)].visits.push_back({at, record.value("attempt", 1)});
        else if (type == "case" && !options_.judged)
            add_case(record);
        else if (type == "session.end")
            sessions_.push_back(record);
        else if (type == "run.end")
            end_ = record;
    }

    void add_judged(const Results& results) {
        for (const CaseRecord& record : results.cases) add_case(to_json(record));
        end_ = to_json(results.end);
    }

    void add_case(const ordered_json& record) {
        Case& entry = cases_[case_id(record)];
        entry.telling = record.at("verdict") != "pass" || record.at("disposition") != "expected";
        entry.packed = packer_.pack(page_case(record));
        size_ += entry.packed.size() + 1;
        for (const ordered_json& part : record.value("spread", ordered_json::array()))
            entry.shown.push_back(part.at("runs").at(0));  // one of each verdict
        if (entry.shown.empty()) entry.shown.push_back(1);
        for (const ordered_json& check : record.at("checks"))
            for (const ordered_json& clause : check.at("clause")) cited_.insert(clause.get<std::string>());
    }

    void add_evidence(bool telling) {
        auto file = open_results(file_);
        if (!file) return;  // it was there for the first pass
        for (auto& [id, entry] : cases_) {
            if (entry.telling != telling || entry.visits.empty()) continue;
            if (size_ + packer_.size() > options_.limit) return;
            for (const int shown : entry.shown)
                for (const auto& [at, run] : entry.visits)
                    if (run == shown)
                        entry.evidence += (entry.evidence.empty() ? "" : ",") + visit_at(*file, at);
            size_ += entry.evidence.size();
        }
    }

    std::string visit_at(LineReader& file, std::streamoff at) {
        std::string line;
        file.seek(static_cast<std::size_t>(at));
        if (file.next(line) != LineReader::Got::line) return "null";  // somebody changed the file
        return packer_.pack(page_visit(parse_record(line)));
    }

    // Only those that are cited: a reader of one run need not carry the whole clause list.
    ordered_json clauses() const {
        ordered_json out = ordered_json::object();
        for (const std::string& id : cited_) {
            if (!options_.clauses) break;
            const auto found = options_.clauses->find(id);
            if (found == options_.clauses->end()) continue;
            const profile::Clause& clause = found->second;
            out[id] = {{"level", clause.level ? std::string(word(*clause.level)) : ""},
                       {"source", clause.source},
                       {"text", clause.text}};
        }
        return out;
    }

    std::string text() const {
        std::string cases;
        std::string evidence;
        for (const auto& [id, entry] : cases_) {
            const char* comma = cases.empty() ? "\n" : ",\n";
            cases += comma + entry.packed;
            const bool left_out = entry.evidence.empty() && !entry.visits.empty();
            evidence += comma + (left_out ? std::string("null") : "[" + entry.evidence + "]");
        }
        return fmt::format(
            "{{\"format\":1,\n\"start\":{},\n\"sessions\":{},\n\"end\":{},\n\"cut\":{},\n\"clauses\":{},\n"
            "\"shapes\":{},\n\"table\":{},\n\"cases\":[{}],\n\"evidence\":[{}]}}\n",
            json_text(start_), json_text(sessions_), json_text(end_), cut_, json_text(clauses()),
            packer_.shapes(), packer_.table(), cases, evidence);
    }

    std::filesystem::path file_;
    const HtmlOptions& options_;
    ordered_json start_;
    ordered_json sessions_ = ordered_json::array();
    ordered_json end_;
    bool cut_ = false;
    std::map<CaseId, Case> cases_;
    std::set<std::string> cited_;
    Packer packer_;
    std::size_t size_ = 0;
};

}  // namespace

Result<std::string> html_data(const std::filesystem::path& file, const HtmlOptions& options) {
    return Data(file, options).make();
}

Result<std::string> html_report(const std::filesystem::path& file, const HtmlOptions& options) {
    const auto data = html_data(file, options);
    if (!data) return data.error();
    return filled_page(report_page(), *data);
}

}  // namespace guise::report
