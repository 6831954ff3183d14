// A folder that is gone when it goes out of scope.
#pragma once

#include <filesystem>

namespace guise {

/// A directory of its own, removed with everything below it at the end.
class TemporaryFolder final {
 public:
    /// Below TMPDIR, else /tmp. `path()` is empty where none can be made.
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

}  // namespace guise
