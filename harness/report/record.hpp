// The records of a run: what results.jsonl holds, and what every report is made of.
#pragma once

#include "base/exit_code.hpp"
#include "base/shared_text.hpp"
#include "evidence/visit_record.hpp"
#include "judge/case_record.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace guise::report {

using evidence::CaseId;
using evidence::VisitRecord;
using judge::CaseRecord;
using judge::SessionEnd;

/// A client as it took part in the run.
struct ClientFacts {
    std::string name;
    std::string version;
    std::string profile;
    std::string routing;  // how it finds the host names of the cases
    std::string missing;  // why it did not take part; empty where it did
};

/// The first record.
struct RunStart {
    std::string version;           // of guise
    std::string catalogue_digest;  // SHA-256 over scenarios, recipes, defects, profiles and clause lists
    std::string seed;
    std::chrono::sys_seconds now{};  // when it began, by its clock
    bool clock_given = false;        // the user said the time, and it stood still
    std::vector<ClientFacts> clients;
    std::size_t cases = 0;
    int repeat = 1;        // how often each case is run
    bool compare = false;  // and its runs were compared
};

/// The last record.
struct RunEnd {
    std::map<std::string, std::size_t> counts;  // verdict word -> cases
    ExitCode exit = ExitCode::as_expected;
    std::string reason;
    std::chrono::milliseconds lasted{};
};

/// A whole run, as the reports read it. Cases are sorted by scenario, mode and client.
struct Results {
    RunStart start;
    std::vector<CaseRecord> cases;
    std::vector<SessionEnd> sessions;
    RunEnd end;
    std::string file_failure;  // why results.jsonl is incomplete; empty where it is whole
    std::string kept_homes;    // the folder with the homes of the clients, where they were kept
};

}  // namespace guise::report
