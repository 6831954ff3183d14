// The account of the user as a client finds it in the password database, with the home of its case: there are
// clients that do not ask HOME.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace guise::clients {

/// libnss_wrapper.so (Debian: libnss-wrapper), or an empty path where it is not installed. Looked for once.
[[nodiscard]] std::filesystem::path find_nss_wrapper();

/// The accounts of `passwd`, with `home` as the home of the user `uid`; one is made up where `passwd` has
/// none.
[[nodiscard]] std::string accounts_with_home(std::string_view passwd, unsigned uid, const std::string& home);

/// Has a client read its accounts from `HOME/passwd`, where that is possible.
void add_accounts(const std::string& home, std::map<std::string, std::string>& env);
/// And that file, by its path below the home.
void add_accounts_file(const std::string& home, std::map<std::string, std::string>& files);

}  // namespace guise::clients
