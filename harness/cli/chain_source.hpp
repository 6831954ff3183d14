// Certificates that a user names: a file, or a server that shows them.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"

#include <string>
#include <vector>

namespace guise::cli {

/// The certificates of a file in PEM (all of them, in their order) or DER (one). Errors: a file that cannot
/// be read, PEM without a certificate or that is no base64. Whether DER is a certificate is not looked at.
[[nodiscard]] Result<std::vector<Bytes>> chain_of_file(const std::string& path);

/// The same, or what the server HOST:PORT shows where no such file exists; `[::1]:443` for an address of
/// version 6. Blocks. Errors: those of `net::fetch_chain` as well.
[[nodiscard]] Result<std::vector<Bytes>> chain_of(const std::string& file_or_server);

}  // namespace guise::cli
