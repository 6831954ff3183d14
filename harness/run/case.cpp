// A visit owns all connections of its client. It ends when the driver reports and no connection is open or
// waits to be accepted: what a dead process has sent is in the kernel by then, so nothing is missed and
// nothing waited for.
#include "run/case.hpp"

#include "base/ascii.hpp"
#include "clients/launch.hpp"
#include "evidence/hello_secret.hpp"
#include "pki/digest.hpp"
#include "pki/inspect.hpp"
#include "pki/pem.hpp"
#include "pki/printable.hpp"
#include "run/feasible.hpp"
#include "run/instance.hpp"
#include "server/identity.hpp"
#include "server/scenario_server.hpp"
#include "server/trust_file.hpp"

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace guise::run {

namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;
using scenario::Connect;

std::optional<net::ProxyKind> proxy_of(const clients::Routing& routing) {
    if (routing.proxy == clients::RoutingProxy::none) return std::nullopt;
    return routing.proxy == clients::RoutingProxy::http ? net::ProxyKind::http : net::ProxyKind::socks;
}

// The server must outlast a client that asks its user inside the handshake, and the client's own patience.
net::Deadlines deadlines_for(const clients::Client& client, const Patience& patience) {
    const auto longest =
        patience.scaled(std::chrono::milliseconds(client.deadline) + std::chrono::seconds(20));
    return {.handshake = longest,
            .idle = longest,
            .linger = patience.scaled(std::chrono::milliseconds(2000)),
            .connection = longest * 2,
            .silence = patience.scaled(std::chrono::milliseconds(1000))};
}

std::set<std::string> ports_of(const scenario::Scenario& scenario) {
    std::set<std::string> out;
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* connect = std::get_if<Connect>(&visit.action)) out.insert(connect->at.port);
    out.erase("main");
    return out;
}

std::optional<evidence::Presented> presented(const evidence::ShownChain& chain,
                                             const server::ServerPlace& place) {
    const pki::CertificateFacts& leaf = chain.front();
    if (leaf.sha1.empty()) return std::nullopt;  // it cannot be read
    return evidence::Presented{place.host,       place.port,     leaf.issuer, pki::common_name(leaf.issuer),
                               leaf.self_signed, leaf.not_after, leaf.sha1,   leaf.sha256,
                               leaf.subject};
}

evidence::ShownChain chain_of(const tls::Presentation& shown) {
    evidence::ShownChain out;
    for (const Bytes& der : shown.certificates) {
        if (auto facts = pki::inspect(der))
            out.push_back(std::move(*facts));
        else
            out.emplace_back().sha256 = to_hex(pki::sha256(der));
    }
    return out;
}

// A connection knows when it was accepted by the machine's clock; a reader counts from the visit's beginning.
std::vector<tls::Transcript> counted_from(Clock::time_point began, std::vector<tls::Transcript> connections) {
    const auto zero = std::chrono::duration_cast<std::chrono::microseconds>(began.time_since_epoch());
    for (tls::Transcript& connection : connections)
        connection.began = std::max(connection.began, zero) - zero;
    return connections;
}

// All that is generated for a case, its names and its canary too, is generated for this id: each run and each
// attempt has its own. A run is named as variants are, so that its host is as long as theirs.
std::string id_of(const CaseJob& job, int attempt) {
    if (!job.control.empty())
        return fmt::format("liveness/{}{}", job.control, attempt > 1 ? fmt::format("-{}", attempt) : "");
    return attempt > 1 ? fmt::format("{}[run={}]", job.scenario->id, attempt) : job.scenario->id;
}

class CaseRunner {
 public:
    CaseRunner(CasePlace& place, CaseLimits& limits, const CaseJob& job)
        : place_(place), limits_(limits), job_(job), scenario_(*job.scenario), who_(*job.participant) {
        const std::string id = id_of(job, job.attempt);
        named_by_ = job.canary_of ? id_of(job, 1) : id;
        scope_ = fmt::format("{}/{}", job.session, id);
        canary_scope_ = fmt::format("{}/{}", job.session, id_of(job, job.canary_of.value_or(job.attempt)));
        address_ = server::address_for(scenario_, "127.0.0.1");
        clock_ = place.provider.elapsed();
        deadline_ = place.patience.scaled(who_.client.deadline);
        token_ = place.provider.generator().hex("events " + scope_, 32);
    }

    CaseRunner(const CaseRunner&) = delete;
    CaseRunner& operator=(const CaseRunner&) = delete;
    ~CaseRunner() { place_.provider.forget_by(place_.worker, scope_); }  // however it ends

    asio::awaitable<CaseOutcome> run() {
        CaseOutcome out;
        out.trouble = co_await open(out.not_applicable);
        int number = 0;
        for (const scenario::Visit& visit : scenario_.visits) {
            if (!out.trouble.empty() || !out.not_applicable.empty()) break;
            ++number;
            out.trouble = co_await step(number, visit, out.visits);
        }
        out.done = out.trouble.empty() && out.not_applicable.empty();
        for (auto& [label, driver] : drivers_) co_await driver->close();
        listen_on(out);
        if (lease_) lease_->in_use = false;
        co_return out;
    }

 private:
    // An adapter lives on, and may yet send what it has just refused to send.
    void listen_on(const CaseOutcome& out) {
        const auto stays = [](const auto& visit) {
            return visit.second.final == profile::Final::refused ||
                   visit.second.final == profile::Final::held;
        };
        if (!lease_ || !out.done || !job_.control.empty() || !std::ranges::any_of(out.visits, stays)) return;
        server_->begin_visit(static_cast<int>(scenario_.visits.size()) +
                             1);  // what comes now is none of the case's
        place_.aftermath.keep(
            {std::move(server_), std::move(records_), who_.profile.public_requests, place_.on_late});
    }

    asio::awaitable<std::string> open(std::string& not_applicable) {
        std::error_code error;
        std::filesystem::create_directories(place_.dir, error);
        if (error) co_return fmt::format("{}: {}", place_.dir.string(), error.message());
        // Of a statement that waits, GCC 12 destroys temporaries of some kinds twice: it has none here.
        const auto executor = co_await asio::this_coro::executor;
        auto server = server::ScenarioServer::open(executor, server_options());
        if (!server) co_return server.error().text();
        server_ = std::move(*server);
        if (who_.driver->adapter)
            if (std::string trouble = co_await borrow(not_applicable); !trouble.empty()) co_return trouble;
        std::string trouble = write_identity();
        if (not_applicable.empty() && trouble.empty()) trouble = co_await open_drivers();
        co_return trouble;
    }

    server::ScenarioServer::Options server_options() const {
        const bool localhost = !who_.routing->names;
        server::ScenarioServer::Options out;
        const bool by_name = scenario_.host == pki::HostKind::name;
        out.address = address_;
        out.host = localhost && by_name ? "localhost"
                   : job_.given         ? job_.given->host
                                        : server::host_for(scenario_, named_by_, address_);
        out.one_name = localhost;
        out.ports = ports_of(scenario_);
        out.proxy = proxy_of(*who_.routing);
        out.deadlines = deadlines_for(who_.client, place_.patience);
        out.refuse_after_unfit = true;
        return out;
    }

    asio::awaitable<std::string> borrow(std::string& not_applicable) {
        Adapters::Lease lease = co_await place_.adapters.take();
        lease_.emplace(std::move(lease));
        lease_->in_use = true;
        if (!lease_->trouble.empty()) co_return lease_->trouble;
        not_applicable = clients::lacking(lease_->adapter->capabilities(), needs_of(scenario_, job_.mode));
        if (!not_applicable.empty())
            not_applicable = fmt::format("the client does not declare '{}'", not_applicable);
        co_return std::string();
    }

    // For a client that is to have a certificate of its own.
    std::string write_identity() {
        const bool wanted =
            lease_ ? lease_->adapter && lease_->adapter->capabilities().identity : who_.client.has_identity;
        if (!wanted) return {};
        auto file = server::identity_file(place_.dir.parent_path(), place_.provider.inputs().library,
                                          place_.provider.now());
        if (!file) return file.error().text();
        identity_ = std::move(*file);
        return {};
    }

    asio::awaitable<std::string> open_drivers() {
        std::set<std::string> labels;
        for (const scenario::Visit& visit : scenario_.visits) labels.insert(visit.client);
        for (const std::string& label : labels) {
            auto driver = who_.driver->make(who_.client, lease_ ? lease_->adapter.get() : nullptr);
            const auto own = scenario_.clients.find(label);
            const std::string mode = own == scenario_.clients.end() ? job_.mode : own->second;
            clients::VisitPlace at = visit_place(label, {}, 0);
            if (lease_) {  // only an adapter learns before its first visit whom it may trust
                const std::string trust = co_await trust_at_start(label);
                if (std::string trouble = write_trust(at, trust); !trouble.empty()) co_return trouble;
            }
            std::string started = mode == "default" ? "" : mode;
            std::string trouble = co_await driver->open(std::move(started), at);
            if (!trouble.empty()) co_return trouble;
            drivers_[label] = std::move(driver);
        }
        co_return std::string();
    }

    asio::awaitable<std::string> step(int number, const scenario::Visit& visit, judge::SeenVisits& seen) {
        clients::Driver& driver = *drivers_.at(visit.client);
        if (const auto* connect = std::get_if<Connect>(&visit.action))
            co_return co_await connect_once(number, visit.client, *connect, seen);
        if (const auto* clock = std::get_if<scenario::MoveClock>(&visit.action)) clock_ += clock->by;
        if (std::holds_alternative<scenario::Restart>(visit.action)) co_return co_await driver.restart();
        if (const auto* mode = std::get_if<scenario::SetMode>(&visit.action))
            co_return co_await driver.set_mode(mode->mode);
        if (const auto* forget = std::get_if<scenario::Forget>(&visit.action))
            co_return co_await forget_server(driver, visit.client, forget->at);
        co_return std::string();
    }

    asio::awaitable<std::string> forget_server(clients::Driver& driver, std::string label,
                                               scenario::At server) {
        clients::VisitPlace at = visit_place(label, server, 0);
        std::string name = server_label(server);
        std::string trouble = co_await driver.forget(std::move(at), std::move(name));
        co_return trouble;
    }

    asio::awaitable<std::string> connect_once(int number, const std::string& label, const Connect& connect,
                                              judge::SeenVisits& seen) {
        clients::VisitPlace at = visit_place(label, connect.at, number);
        report::VisitRecord record = blank_record(number);
        record.evidence.canary = at.canary;
        std::string trust;
        const Problems problems = co_await show(number, connect, at, record.evidence, trust);
        if (!problems.empty()) co_return problems.text();
        if (std::string trouble = write_trust(at, trust); !trouble.empty()) co_return trouble;
        clients::Attempt told = attempt(connect, at);
        const auto began = co_await drive(label, std::move(told), record.evidence.client);
        co_await server_->settle();
        for (evidence::EventRecord& event : place_.events.take(token_, began))
            record.evidence.client.events.push_back(std::move(event));
        record.evidence.fetched = place_.provider.take_fetched(scope_, began);
        record.evidence.connections = counted_from(began, server_->connections());
        if (!scenario_.keeps_connections) server_->cut();
        evidence::look_into_hellos(record.evidence.connections, at.canary);
        record.evidence.said = said_elsewhere(record.evidence, began);
        record.evidence.asides = evidence::asides_with(at.canary, record.evidence.said);
        record.seen = evidence::observe(record.evidence, who_.profile.public_requests);
        place_.on_visit(record);
        if (lease_) records_.push_back(record);
        if (!server_->failure().empty()) co_return fmt::format("internal error: {}", server_->failure());
        seen[number] = std::move(record.seen);
        co_return std::string();
    }

    // Whatever reached another port of the harness during the visit.
    std::vector<evidence::Said> said_elsewhere(const evidence::VisitEvidence& seen,
                                               Clock::time_point began) const {
        std::vector<evidence::Said> out;
        for (const std::string& said : server_->said_to_proxy())
            out.emplace_back("in a request to its proxy", said);
        for (std::string& said : place_.provider.said_to_publisher(scope_, began))
            out.emplace_back("in a request for lists and responses", std::move(said));
        for (const evidence::EventRecord& event : seen.client.events)
            if (event.source == "sink")
                out.emplace_back("in an event", fmt::format("{}\n{}\n{}", event.name, event.server,
                                                            fmt::join(event.faults, "\n")));
        return out;
    }

    // Waits for its turn. Returns when it began.
    asio::awaitable<Clock::time_point> drive(const std::string& label, clients::Attempt told,
                                             evidence::ClientRecord& out) {
        const Limiter::Permit turn = co_await limits_.visits.take();
        const auto began = Clock::now();
        evidence::ClientRecord record = co_await drivers_.at(label)->connect(std::move(told));
        out = std::move(record);
        co_return began;
    }

    report::VisitRecord blank_record(int number) const {
        report::VisitRecord out;
        out.session = job_.session;
        out.id = {scenario_.id, job_.mode, who_.client.name};
        out.visit = number;
        out.control = job_.control;
        out.attempt = job_.attempt;
        out.evidence.adapter = who_.client.adapter;
        out.evidence.client_deadline = deadline_;
        out.evidence.has_identity = !identity_.empty();
        return out;
    }

    // Copies what it shows: the worker may still be at it when the case has been stopped.
    asio::awaitable<Result<server::Shown>> make(pki::Present present, std::string host, std::string label,
                                                bool resumption = false) {
        if (job_.given) co_return server::Shown{nullptr, job_.given->presentation, job_.given->trust_pem};
        server::ShowRequest wanted{scenario_,
                                   std::move(present),
                                   scope_,
                                   {.host = std::move(host), .address = address_, .now = {}},
                                   {.label = std::move(label), .clock = clock_, .resumption = resumption}};
        Result<server::Shown> out = co_await place_.provider.show_by(place_.worker, std::move(wanted));
        co_return out;
    }

    // Makes what the visit shows, and shows it. `trust` is what the client is to trust.
    asio::awaitable<Problems> show(int number, const Connect& connect, const clients::VisitPlace& at,
                                   evidence::VisitEvidence& evidence, std::string& trust) {
        const std::string label = fmt::format("{} visit {}", scenario_.id, number);
        const auto shown = co_await make(connect.present, at.host, label, scenario_.has_sessions(number));
        if (!shown) co_return shown.error();
        trust = shown->trust_pem;
        evidence.chain = chain_of(*shown->presentation);
        evidence.presented = presented(evidence.chain, {at.host, at.port});
        server::Showing showing{server::always(shown->presentation), nullptr, service(), facts(connect, at),
                                connect.plain_text};
        showing.facts.certificate = pki::to_pem(shown->presentation->certificates);
        if (connect.swap) {
            evidence.swapped = label + " swap";
            const auto swapped = co_await make(connect.swap->present, at.host, evidence.swapped);
            if (!swapped) co_return swapped.error();
            showing.swapped = swapped->presentation;
            evidence.swapped_chain = chain_of(*swapped->presentation);
        }
        if (connect.first) {
            evidence.first = label + " first";
            const auto first = co_await make(*connect.first, at.host, evidence.first);
            if (!first) co_return first.error();
            showing.first = first->presentation;
        }
        if (connect.claims && connect.claims->certificate) {
            std::string claims = label + " claims";
            const auto claimed = co_await make(*connect.claims->certificate, at.host, std::move(claims));
            if (!claimed) co_return claimed.error();
            showing.facts.certificate = pki::to_pem(claimed->presentation->certificates);
        }
        if (connect.claims && connect.claims->also) {
            std::string also = label + " claims also";
            const auto claimed = co_await make(*connect.claims->also, at.host, std::move(also));
            if (!claimed) co_return claimed.error();
            showing.facts.also = pki::to_pem(claimed->presentation->certificates);
        }
        server_->show(std::move(showing));
        server_->begin_visit(number);
        co_return Problems();
    }

    std::shared_ptr<const service::Service> service() const {
        return place_.provider.inputs().services.at(who_.client.service);
    }

    service::Facts facts(const Connect& connect, const clients::VisitPlace& at) const {
        service::Facts out;
        out.host = at.host;
        out.port = at.port;
        out.server = server_label(connect.at);
        out.scope = scope_;
        out.canary = at.canary;
        out.public_requests = who_.profile.public_requests;
        out.random_hex = [&provider = place_.provider](const std::string& name) {  // it outlives the case
            return provider.generator().hex(name, 64);
        };
        if (connect.claims && !connect.claims->version.empty()) out.version = connect.claims->version;
        return out;
    }

    clients::Attempt attempt(const Connect& connect, const clients::VisitPlace& at) const {
        clients::Attempt out;
        out.place = at;
        out.answer = word(connect.answer);
        out.server = server_label(connect.at);
        out.service = who_.client.service;
        out.connections = connect.connections;
        out.handshake_done = [this] { return server_->handshake_done(); };
        return out;
    }

    clients::VisitPlace visit_place(const std::string& label, const scenario::At& server, int number) const {
        const server::ServerPlace where = server_->place(server);
        clients::VisitPlace at;
        at.address = address_;
        at.port = where.port;
        at.host = where.host;
        at.url = fmt::format("https://{}:{}/", in_url(where.host), where.port);
        at.canary = "canary-" + place_.provider.generator().hex(
                                    fmt::format("canary {} {} {}", canary_scope_, job_.control, number), 32);
        at.home = label.empty() ? place_.dir.string() : fmt::format("{}-{}", place_.dir.string(), label);
        at.deadline = deadline_;
        at.routing = who_.routing;
        at.programs = who_.detection.programs;
        at.proxy_port = server_->proxy_port();
        at.now = job_.given ? job_.given->now : place_.provider.now() + clock_;
        at.events = place_.events.url(token_);
        at.identity = identity_;
        return at;
    }

    // Beside the homes.
    std::string write_trust(clients::VisitPlace& at, const std::string& pem) const {
        auto file = server::trust_file(place_.dir.parent_path(), pem);
        if (!file) return file.error().text();
        at.trust = std::move(*file);
        return {};
    }

    // What a client that is configured only once is to trust: as in its first visit.
    asio::awaitable<std::string> trust_at_start(const std::string& label) {
        for (const scenario::Visit& visit : scenario_.visits)
            if (const auto* connect = std::get_if<Connect>(&visit.action); connect && visit.client == label) {
                std::string host = server_->place(connect->at).host, unnamed;
                const auto shown = co_await make(connect->present, std::move(host), std::move(unnamed));
                co_return shown ? shown->trust_pem : std::string();
            }
        co_return std::string();
    }

    CasePlace& place_;
    CaseLimits& limits_;
    const CaseJob& job_;
    const scenario::Scenario& scenario_;
    const Participant& who_;
    std::string named_by_;  // its hosts
    std::string scope_;
    std::string canary_scope_;
    std::string address_;   // where its servers listen
    std::string identity_;  // the file with the client's own certificate, where it has one
    std::string token_;
    std::chrono::seconds clock_{0};  // since the run began
    std::chrono::seconds deadline_;  // the client's, in all visits
    std::unique_ptr<server::ScenarioServer> server_;
    std::vector<report::VisitRecord> records_;                         // of an adapter's visits
    std::optional<Adapters::Lease> lease_;                             // it outlives the drivers
    std::map<std::string, std::unique_ptr<clients::Driver>> drivers_;  // by label
};

}  // namespace

asio::awaitable<CaseOutcome> run_case(CasePlace place, CaseJob job) {
    const bool is_adapter = job.participant->driver->adapter;
    CaseLimits& limits =
        place.limits.limits(!is_adapter &&  // a browser of its own for each would be too many
                            stalls(*job.scenario, place.provider.inputs().library));
    const Limiter::Permit slot = co_await limits.cases.take();
    const auto start = Clock::now();
    CaseRunner runner(place, limits, job);
    CaseOutcome out = co_await runner.run();
    out.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    co_return out;
}

}  // namespace guise::run
