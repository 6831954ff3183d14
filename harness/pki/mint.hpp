// Makes the certificates that a scenario presents.
//
// This is the only place where a certificate is made wrong on purpose. A chain starts out valid; each defect
// then breaks one property, so that a client which accepts it is wrong for exactly one reason we can name.
// Nothing here opens a socket or reads a clock.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "pki/keys.hpp"
#include "pki/library.hpp"
#include "tls/presentation.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace guise::pki {

/// A defect as a scenario asks for it.
struct DefectUse {
    std::string name;
    std::optional<Position> at = {};  // else the defect's first
    std::map<std::string, std::string> parameters = {};
    SourcePos where = {};  // for messages; no part of the identity
};

/// What the client connects to.
enum class HostKind { name, ipv4, ipv6 };
constexpr auto words(HostKind) { return std::to_array<std::string_view>({"name", "ipv4", "ipv6"}); }

/// What a scenario presents: `{leaf, key?, issue?, with?, send?, defect?}`. Equal requests are the same
/// certificate.
struct Present {
    std::string leaf;
    std::string key = "a";
    int issue = 1;
    std::optional<yaml::Value> with = {};  // a recipe patch on the leaf
    std::vector<DefectUse> defects = {};   // no order: they must not touch the same entry
    std::vector<SendItem> send = {};       // empty: the leaf and its intermediates
    HostKind host = HostKind::name;
    SourcePos where = {};  // for messages; no part of the identity
    /// The client has not asked for what is said of the certificates: its defects bind it to nothing. No part
    /// of the identity, because the certificates are the same.
    bool unasked = false;

    /// One text for all requests of the same meaning.
    [[nodiscard]] std::string identity() const;
};

/// What the chain's texts are filled with, and when.
struct Setting {
    std::string host;                           // {host} and what is derived from it (host_fillings)
    std::string address;                        // {address}: numeric
    std::chrono::sys_seconds now;               // the run's clock at the moment of minting
    std::vector<std::string> other_hosts = {};  // names that say {host} are made for each of these as well
    /// Below this address statements are published, `127.0.0.1:8080/x`. The discard port: no one listens.
    std::string published = "127.0.0.1:9";
};

/// One certificate that was made.
struct Minted {
    std::string recipe;
    Position position = Position::leaf;
    Bytes der;
};

/// A statement that a certificate of the chain gives an address for.
struct Publication {
    Topic topic;
    std::string path;  // below `Setting::published`: `checked-leaf-0a1b2c3d.crl`
    Bytes der;
};

/// A chain that was made, and what is wrong with it.
struct Chain {
    std::vector<Minted> path;                               // leaf to root, whatever is sent
    std::shared_ptr<const tls::Presentation> presentation;  // what is sent; without `versions` and `label`
    std::vector<Publication> publications;                  // what must be served for the addresses in it
    std::map<Fault, Level> faults;  // declared by the defects, and computed from recipe and clock
    Stage stage = Stage::chain;
    std::optional<Fault> computed_missing;  // a defect declared a computable fault that the chain has not
};

/// The certificate authority of one run: its keys live and die with it, and never touch the disk.
///
/// Lifetime: keeps references to the library and to `keys`. Threads: one object, one thread.
class Mint final {
 public:
    /// `run` fills {run}: it tells this run's roots from any other's.
    Mint(const Library& library, KeyPool& keys, std::string run);
    ~Mint();

    /// Makes the chain for one case. `scope` is the case: key labels are its own, so that two cases share no
    /// leaf key; issuers are shared by the run. Equal requests of one scope with equal hosts and address are
    /// one certificate, whatever the clock says by then; `faults` follow the clock. Errors: a defect,
    /// position, parameter or recipe that does not fit, with its place. `trusted` are the recipes whose
    /// certificates the client trusts: without one of them at the end of the path the chain has the fault
    /// `unknown-issuer`.
    [[nodiscard]] Result<Chain> mint(const Present& present, const std::string& scope, const Setting& setting,
                                     const std::vector<std::string>& trusted);

    /// Lets go of what was made for `scope` alone, its chains and their leaf keys; the next request of that
    /// scope is another certificate. What was handed out stays valid.
    void forget(const std::string& scope);

    /// The certificate of a root without defects, as a trust anchor. For a case whose chain ends in a root
    /// with a defect the anchor is `Chain::path.back()`: same name and key, other bytes. Errors: a recipe
    /// that does not exist or does not sign itself.
    [[nodiscard]] Result<Bytes> anchor(const std::string& recipe, const Setting& setting);

    /// What is wrong with a chain, without making it: the faults that `mint` would report, for
    /// certificates made `age` ago. Needs no keys: the path has no bytes, and there is no presentation.
    [[nodiscard]] static Result<Chain> describe(const Library& library, const Present& present,
                                                const std::vector<std::string>& trusted,
                                                std::chrono::seconds age = std::chrono::seconds(0));

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guise::pki
