// A small corpus in the form of x509-limbo, made anew: no key is kept in a file of the project.
#pragma once

#include "pki/bundle.hpp"
#include "pki/pem.hpp"
#include "run/kit.hpp"

#include <nlohmann/json.hpp>

namespace guise::kit {

/// One case: a chain of the recipe for `host`, valid at `at`.
inline nlohmann::json limbo_case(const std::string& id, const std::string& recipe, const std::string& host,
                                 const std::string& expected, std::chrono::sys_seconds at) {
    pki::KeyPool keys;
    pki::Mint mint(inputs().library, keys, id);
    const auto chain = mint.mint(present(recipe), "case", {host, "127.0.0.1", at, {}}, {"root"}).value();
    const std::string key_and_chain =
        pki::to_pem(pki::Bundle{chain.presentation->key, {chain.path[0].der}}).value();
    const auto end_of_key = key_and_chain.find("-----BEGIN CERTIFICATE");
    nlohmann::json out{{"id", id},
                       {"validation_kind", "SERVER"},
                       {"importance", "high"},
                       {"peer_certificate", pki::to_pem(chain.path[0].der)},
                       {"peer_certificate_key", key_and_chain.substr(0, end_of_key)},
                       {"untrusted_intermediates", nlohmann::json::array()},
                       {"trusted_certs", {pki::to_pem(chain.path.back().der)}},
                       {"validation_time", nullptr},
                       {"expected_result", expected},
                       {"expected_peer_name", {{"kind", "DNS"}, {"value", host}}},
                       {"max_chain_depth", nullptr},
                       {"crls", nlohmann::json::array()}};
    for (std::size_t i = 1; i + 1 < chain.path.size(); ++i)
        out["untrusted_intermediates"].push_back(pki::to_pem(chain.path[i].der));
    return out;
}

/// `cases`: a list, or one.
inline fs::path write_limbo(const fs::path& folder, nlohmann::json cases) {
    if (cases.is_object()) cases = nlohmann::json::array({cases});
    write(folder / "limbo.json", nlohmann::json{{"version", 1}, {"testcases", cases}}.dump());
    return folder / "limbo.json";
}

}  // namespace guise::kit
