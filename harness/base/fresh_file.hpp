// A file that is written beside its place, and then put there in one step.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string_view>

namespace guise {

/// How the name of each begins, until it is put in place.
constexpr std::string_view fresh_file_prefix = ".guise-new-";

/// Has a name that only guise uses, in the folder of the file whose place it is to take. Where that is a
/// link, the file that it leads to is meant. Whoever reads the place sees the old file or the new one, never
/// half of one. A file that was not put in place is removed with this.
class FreshFile final {
 public:
    /// Makes it, with the rights of the file that is there, else the usual ones. Errors: `cannot write FILE:
    /// WHY`.
    static Result<FreshFile> beside(const std::filesystem::path& file);

    FreshFile(FreshFile&& other) noexcept;
    FreshFile& operator=(FreshFile&&) = delete;
    ~FreshFile();

    /// Appends. Errors: `cannot write FILE: WHY`.
    [[nodiscard]] Problems write(std::string_view text);
    /// After the last `write`. Errors: `cannot write FILE: WHY`.
    [[nodiscard]] Problems put_in_place();

    /// To write by other means: who calls it closes the descriptor, before or after `put_in_place`.
    [[nodiscard]] int take_descriptor() noexcept;

 private:
    FreshFile(std::filesystem::path named, std::filesystem::path target);
    [[nodiscard]] Problem problem(int error) const;

    std::filesystem::path named_;   // as the caller calls it, for messages
    std::filesystem::path target_;  // without links
    std::filesystem::path path_;    // where it is until it is put in place; empty afterwards
    int descriptor_ = -1;
};

/// Writes all of it to a descriptor; false and `errno` where that fails.
[[nodiscard]] bool write_all(int descriptor, std::string_view text);

}  // namespace guise
