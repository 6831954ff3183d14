#include "report/results_file.hpp"

#include "base/bounded_json.hpp"
#include "base/fresh_file.hpp"
#include "evidence/json/visit_json.hpp"
#include "report/json.hpp"
#include "report/stream_results.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace guise::report {

namespace {

Problem cannot_write(const std::filesystem::path& file, const std::string& why) {
    return cannot("write " + file.string(), why);
}

}  // namespace

Result<ResultsFile> ResultsFile::create(const std::filesystem::path& file) {
    std::error_code error;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
    if (error) return cannot_write(file, error.message());
    std::FILE* handle = std::fopen(file.c_str(), "wbe");
    if (!handle) return cannot_write(file, std::strerror(errno));
    return ResultsFile(std::unique_ptr<std::FILE, Close>(handle));
}

Result<ResultsFile> ResultsFile::resume(const std::filesystem::path& file,
                                        const std::set<std::string>& sessions) {
    auto before = open_results(file);
    if (!before) return before.error();
    auto fresh = FreshFile::beside(file);
    if (!fresh) return fresh.error();
    std::unique_ptr<std::FILE, Close> handle(::fdopen(fresh->take_descriptor(), "wb"));
    if (!handle) return cannot_write(file, std::strerror(errno));
    ResultsFile out(std::move(handle));
    bool first = true;
    for (std::string text; before->next(text) == LineReader::Got::line; first = false) {
        const auto json = parse_json<nlohmann::ordered_json>(text, record_limits);
        if (first || (json && json->is_object() && sessions.contains(json->value("session", ""))))
            out.line(text + "\n");
    }
    if (!out.failure_.empty()) return cannot_write(file, out.failure_);
    if (Problems problems = fresh->put_in_place(); !problems.empty()) return problems;
    return out;
}

void ResultsFile::line(const std::string& text) {
    if (!failure_.empty()) return;
    const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
    if (!written || std::fflush(file_.get()) != 0) failure_ = std::strerror(errno);
}

template <class Record>
void ResultsFile::write(const Record& record) {
    // A sentence may quote a client's words; what is no UTF-8 in it is replaced, and kept in the evidence.
    line(json_text(to_json(record)) + "\n");
}

template void ResultsFile::write(const RunStart&);
template void ResultsFile::write(const VisitRecord&);
template void ResultsFile::write(const CaseRecord&);
template void ResultsFile::write(const SessionEnd&);
template void ResultsFile::write(const RunEnd&);

}  // namespace guise::report
