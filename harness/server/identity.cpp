#include "server/identity.hpp"

#include "pki/bundle.hpp"
#include "pki/mint.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace guise::server {

namespace {

Result<std::string> made(const pki::Library& library, std::chrono::sys_seconds now) {
    pki::KeyPool keys;
    pki::Mint mint(library, keys, "client");
    const auto chain = mint.mint({.leaf = "client-identity"}, "client",
                                 {.host = "client.guise.test", .address = "127.0.0.1", .now = now}, {});
    if (!chain) return chain.error();
    return pki::to_pem(pki::Bundle{chain->presentation->key, {chain->path.front().der}});
}

// Closed to others before there is a key in it.
Problems write_secret(const std::filesystem::path& file, const std::string& text) {
    const int descriptor =
        ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    const bool written =
        descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    return written ? Problems() : cannot("write " + file.string(), std::strerror(error));
}

}  // namespace

Result<std::string> identity_file(const std::filesystem::path& folder, const pki::Library& library,
                                  std::chrono::sys_seconds now) {
    const std::filesystem::path file = folder / "identity.pem";
    std::error_code failed;
    if (std::filesystem::exists(file, failed)) return file.string();
    const auto text = made(library, now);
    if (!text) return text.error();
    if (Problems problems = write_secret(file, *text); !problems.empty()) return problems;
    return file.string();
}

}  // namespace guise::server
