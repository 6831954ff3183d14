#include "base/problem.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace guise {

std::string SourcePos::text() const {
    if (line == 0) return file;
    if (column == 0) return fmt::format("{}:{}", file.text(), line);
    return fmt::format("{}:{}:{}", file.text(), line, column);
}

namespace {
// A message stays one line of a terminal, whatever stands in the file it speaks of.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '\n')
            out += "\\n";
        else if (octet < 0x20 || octet == 0x7f)
            out += fmt::format("\\x{:02x}", octet);
        else
            out += c;
    }
    return out;
}
}  // namespace

std::string Problem::text() const {
    if (!sentence.empty()) return one_line(sentence);
    const std::string place = where.text();
    return one_line(
        fmt::format("{}{}expected {}, found {}", place, place.empty() ? "" : ": ", expected, found));
}

Problem cannot(std::string_view what, std::string_view why) {
    return plain_problem(fmt::format("cannot {}: {}", what, why));
}

Problem plain_problem(std::string sentence) { return {{}, {}, {}, std::move(sentence)}; }

void Problems::add(SourcePos where, std::string expected, std::string found) {
    list.push_back({std::move(where), std::move(expected), std::move(found)});
}

void Problems::add(Problems more) {
    for (Problem& problem : more.list) list.push_back(std::move(problem));
}

std::string Problems::text() const {
    std::string out;
    for (const Problem& problem : list) out += problem.text() + "\n";
    return out;
}

void throw_exception_from_error(const Problems& problems, const boost::source_location& where) {
    throw std::logic_error(fmt::format("{}:{}: {}", where.file_name(), where.line(), problems.text()));
}

}  // namespace guise
