#include "cli/chain_source.hpp"

#include "base/read_file.hpp"
#include "net/fetch_chain.hpp"
#include "pki/pem.hpp"

#include <charconv>
#include <filesystem>
#include <optional>

namespace guise::cli {

namespace {

std::optional<std::pair<std::string, std::uint16_t>> as_server(const std::string& what) {
    const auto colon = what.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    std::uint16_t port = 0;
    const char* end = what.data() + what.size();
    const auto [stop, error] = std::from_chars(what.data() + colon + 1, end, port);
    if (error != std::errc() || stop != end || port == 0) return std::nullopt;
    std::string host = what.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string::npos)
        return std::nullopt;  // an address of version 6 without its port
    return std::pair(host, port);
}

}  // namespace

Result<std::vector<Bytes>> chain_of_file(const std::string& path) {
    ReadOptions options;
    options.expected = "a readable file, or HOST:PORT ([::1]:443 for IPv6)";
    const auto read = read_file(path, options);
    if (!read) return read.error();
    const std::string& content = *read;
    if (content.empty()) return Problem{{path, 0, 0}, "a certificate in PEM or DER", "an empty file"};
    if (content.find("-----BEGIN ") == std::string::npos) {
        const ByteView der = as_bytes(content);
        return std::vector<Bytes>{Bytes(der.begin(), der.end())};
    }
    auto chain = pki::from_pem(content, path);
    if (chain && chain->empty()) return Problem{{path, 0, 0}, "a CERTIFICATE block", "none"};
    return chain;
}

Result<std::vector<Bytes>> chain_of(const std::string& file_or_server) {
    std::error_code ignored;
    const auto server =
        std::filesystem::exists(file_or_server, ignored) ? std::nullopt : as_server(file_or_server);
    if (!server) return chain_of_file(file_or_server);
    const auto shown = net::fetch_chain(server->first, server->second);
    if (!shown) return shown.error();
    return shown->certificates;
}

}  // namespace guise::cli
