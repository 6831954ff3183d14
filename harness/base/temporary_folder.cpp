#include "base/temporary_folder.hpp"

#include <stdlib.h>
#include <string>
#include <system_error>

namespace guise {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::error_code failed;
    fs::path below = fs::temp_directory_path(failed);
    if (failed) below = "/tmp";
    std::string name = (below / "guise-XXXXXX").string();
    if (::mkdtemp(name.data())) path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace guise
