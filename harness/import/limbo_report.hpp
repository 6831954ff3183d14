// What came of a replayed corpus, as text and as a file that later runs are compared with.
#pragma once

#include "import/limbo.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace guise::imports {

/// Stands at the beginning of every file of results (see base/own_file.hpp).
constexpr std::string_view limbo_mark = "\"corpus\": \"";

/// Whose results they are.
struct LimboRecord {
    std::string corpus;  // the digest of the file
    std::string client;
    std::string version;
    std::string mode;
    std::vector<LimboResult> results;
    std::vector<LimboSkipped> skipped;
};

/// One JSON object.
[[nodiscard]] std::string limbo_json(const LimboRecord& record);

/// Reads what `limbo_json` wrote. Errors: a file that cannot be read or is none of these.
[[nodiscard]] Result<LimboRecord> read_limbo_record(const std::filesystem::path& file);

/// A case that is read differently than before: `before` is empty where it was not there.
struct LimboChange {
    std::string id;
    std::string before;
    std::string now;
};
[[nodiscard]] std::vector<LimboChange> changes_since(const LimboRecord& before, const LimboRecord& now);

/// The cases that are not as the corpus expects, the reasons of those that were not replayed with their
/// numbers, and a summary in the last line.
[[nodiscard]] std::string limbo_text(const LimboRecord& record);

}  // namespace guise::imports
