// The list of own files is written first, with the old files and the new ones: a call that was cut short
// leaves no file that the next one would take for somebody else's.
#include "docs/write_site.hpp"

#include "base/fresh_file.hpp"
#include "base/read_file.hpp"
#include "base/write_text.hpp"

#include <fmt/format.h>

#include <set>
#include <sstream>
#include <vector>

namespace guise::docs {

namespace fs = std::filesystem;

namespace {

using Places = std::set<std::string>;

// The list may have been changed by hand: what leads out of the folder is not read.
bool is_below(const fs::path& place) {
    if (place.empty() || place.is_absolute()) return false;
    for (const fs::path& part : place)
        if (part == ".." || part == ".") return false;
    return true;
}

Places listed(const fs::path& dir) {
    Places out;
    std::istringstream lines(text_of_file(dir / own_list));
    for (std::string line; std::getline(lines, line);)
        if (is_below(line)) out.insert(line);
    return out;
}

Problem no_folder(const fs::path& dir, const std::string& why) {
    return cannot("write to " + dir.string(), why + "; choose another --out");
}

// A file that is not the documentation's, or nothing. Links are files here: none is followed.
Result<void> refuse_foreign(const fs::path& dir, const Places& own) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(dir, error), end; !error && at != end; at.increment(error)) {
        if (at->is_directory() && !at->is_symlink()) continue;
        if (at->path().filename().string().starts_with(fresh_file_prefix))
            continue;  // of a call that was killed
        const std::string place = at->path().lexically_relative(dir).generic_string();
        if (at->is_symlink() || (place != own_list && !own.contains(place)))
            return Problems(
                no_folder(dir, fmt::format("it holds '{}', which guise docs did not write", place)));
    }
    if (error) return Problems(no_folder(dir, error.message()));
    return {};
}

Result<void> write_file(const fs::path& file, const std::string& text) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) return Problems(cannot("make the folder " + file.parent_path().string(), error.message()));
    if (Problems problems = write_text(file, text); !problems.empty()) return problems;
    return {};
}

Result<void> write_list(const fs::path& dir, const Places& places) {
    std::string text;
    for (const std::string& place : places) text += place + "\n";
    return write_file(dir / own_list, text);
}

// Removes a file, and the folders that are empty without it.
void remove_file(const fs::path& dir, const std::string& place) {
    std::error_code error;
    fs::remove(dir / place, error);
    for (fs::path folder = fs::path(place).parent_path(); !folder.empty(); folder = folder.parent_path())
        if (!fs::remove(dir / folder, error)) return;
}

}  // namespace

Result<void> write_site(const fs::path& dir, const std::map<std::string, std::string>& files,
                        const OnWritten& on_written) {
    if (fs::exists(dir) && !fs::is_directory(dir)) return Problems(no_folder(dir, "it is no folder"));
    const Places old = fs::exists(dir) ? listed(dir) : Places();
    if (fs::exists(dir))
        if (auto clean = refuse_foreign(dir, old); !clean) return clean;
    Places now;
    for (const auto& [place, text] : files) now.insert(place);
    Places both = old;
    both.insert(now.begin(), now.end());
    if (auto written = write_list(dir, both); !written) return written;
    for (const auto& [place, text] : files) {
        if (auto written = write_file(dir / place, text); !written) return written;
        if (on_written) on_written();
    }
    for (const std::string& place : old)
        if (!now.contains(place)) remove_file(dir, place);
    return write_list(dir, now);
}

}  // namespace guise::docs
