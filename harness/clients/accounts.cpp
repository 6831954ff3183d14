#include "clients/accounts.hpp"

#include "base/read_file.hpp"
#include "clients/preload.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unistd.h>
#include <vector>

namespace guise::clients {
namespace {

std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> out(1);
    for (const char c : line) {
        if (c == ':')
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

// Read once. A machine whose accounts are elsewhere has the one that is made up.
const std::string& machine_accounts() {
    static const std::string text = text_of_file("/etc/passwd");
    return text;
}

}  // namespace

std::filesystem::path find_nss_wrapper() {
    static const std::filesystem::path found = find_library("libnss_wrapper.so");
    return found;
}

std::string accounts_with_home(std::string_view passwd, unsigned uid, const std::string& home) {
    std::string out;
    bool found = false;
    while (!passwd.empty()) {
        const std::string_view line = passwd.substr(0, passwd.find('\n'));
        passwd.remove_prefix(std::min(line.size() + 1, passwd.size()));
        std::vector<std::string> fields = fields_of(line);
        if (fields.size() == 7 && fields[2] == std::to_string(uid)) {
            fields[5] = home;
            found = true;
        }
        out += fmt::format("{}\n", fmt::join(fields, ":"));
    }
    if (!found) out += fmt::format("guise:x:{0}:{0}:guise:{1}:/bin/sh\n", uid, home);
    return out;
}

void add_accounts(const std::string& home, std::map<std::string, std::string>& env) {
    if (find_nss_wrapper().empty() || env.contains("NSS_WRAPPER_PASSWD")) return;
    if (!env.contains("NSS_WRAPPER_HOSTS")) preload(env, find_nss_wrapper());
    env["NSS_WRAPPER_PASSWD"] = home + "/passwd";
    env["NSS_WRAPPER_GROUP"] = "/etc/group";  // the library reads both or neither
}

void add_accounts_file(const std::string& home, std::map<std::string, std::string>& files) {
    if (!find_nss_wrapper().empty())
        files["passwd"] = accounts_with_home(machine_accounts(), ::getuid(), home);
}

}  // namespace guise::clients
