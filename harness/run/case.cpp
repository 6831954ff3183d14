// A visit owns all connections of its client. It ends when the client's process has ended and no connection
// is open or waits to be accepted: what a dead process has sent is in the kernel by then, so nothing is
// missed and nothing waited for.
#include "run/case.hpp"

#include "clients/home.hpp"
#include "clients/launch.hpp"
#include "net/listener.hpp"
#include "net/proxy.hpp"
#include "profile/expectation.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <fstream>

namespace guise::run {

namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;

// How long connections may stay open after the client's process has ended (a child of it may hold them).
constexpr std::chrono::seconds settle_limit{3};
constexpr std::chrono::milliseconds settle_look{20};
constexpr const char* loopback = "127.0.0.1";

class CaseRunner {
 public:
    CaseRunner(CasePlace& place, const CaseJob& job, asio::any_io_executor executor)
        : place_(place),
          job_(job),
          who_(*job.participant),
          changed_(executor),
          executor_(std::move(executor)) {
        const std::string id = job.control.empty() ? job.scenario->id : "liveness/" + job.control;
        host_ = who_.reach == clients::Reach::localhost ? "localhost" : host_of(id);
        scope_ = fmt::format("{}/{}", job.session, id);
    }

    Problems open() {
        auto listener = net::Listener::open(
            executor_, loopback, 0, [this](const tls::ClientHello&) { return shown_.presentation; },
            [this](tls::Transcript connection) {
                connections_.push_back(std::move(connection));
                changed_.cancel();
            },
            deadlines());
        if (!listener) return listener.error();
        listener_ = std::move(*listener);
        return open_proxy();
    }

    asio::awaitable<Problems> visit(int number, const scenario::Connect& connect,
                                    std::vector<judge::JudgedVisit>& out) {
        auto shown = place_.workshop.show(*job_.scenario, connect.present, scope_,
                                          {.host = host_, .address = loopback, .now = {}},
                                          fmt::format("{} visit {}", job_.scenario->id, number));
        if (!shown) co_return shown.error();
        shown_ = std::move(*shown);
        report::VisitRecord record;
        record.session = job_.session;
        record.id = {job_.scenario->id, job_.mode, who_.client.name};
        record.visit = number;
        record.control = job_.control;
        const clients::VisitPlace at = visit_place(number);
        if (Problems problems = write_files(at); !problems.empty()) co_return problems;
        connections_.clear();
        record.evidence.canary = at.canary;
        record.evidence.adapter = who_.client.adapter;
        record.evidence.client_deadline = who_.client.deadline;
        record.evidence.process = co_await clients::run_process(clients::prepare(who_.client, job_.mode, at));
        co_await settle();
        record.evidence.connections = std::exchange(connections_, {});
        record.seen = judge::observe(record.evidence, who_.profile.public_requests);
        place_.on_visit(record);
        out.push_back({number, expectation(), std::move(record.seen)});
        co_return Problems{};
    }

 private:
    // For a client that reaches the listener through one.
    Problems open_proxy() {
        const bool socks = who_.reach == clients::Reach::socks_proxy;
        if (!socks && who_.reach != clients::Reach::http_proxy) return {};
        auto proxy = net::Proxy::open(
            executor_,
            {.kind = socks ? net::ProxyKind::socks : net::ProxyKind::http,
             .host = host_,
             .address = loopback,
             .port = listener_->port()},
            [this] { changed_.cancel(); }, deadlines());
        if (!proxy) return proxy.error();
        proxy_ = std::move(*proxy);
        return {};
    }

    // The server must outlast a client that asks its user inside the handshake, and the client's own
    // patience.
    net::Deadlines deadlines() const {
        const auto patience = std::chrono::milliseconds(who_.client.deadline) + std::chrono::seconds(20);
        return {.handshake = patience,
                .idle = patience,
                .linger = std::chrono::milliseconds(2000),
                .connection = patience * 2};
    }

    clients::VisitPlace visit_place(int number) const {
        clients::VisitPlace at;
        at.address = loopback;
        at.port = listener_->port();
        at.host = host_;
        at.url = fmt::format("https://{}:{}/", host_, at.port);
        at.trust = (place_.dir / fmt::format("trust-{}.pem", number)).string();
        at.canary = "canary-" + place_.workshop.draw().hex(
                                    fmt::format("canary {} {} {}", scope_, job_.control, number), 32);
        at.home = (place_.dir / "home").string();
        at.deadline = who_.client.deadline;
        at.reach = who_.reach;
        if (proxy_) at.proxy_port = proxy_->port();
        at.now = place_.workshop.now();
        return at;
    }

    Problems write_files(const clients::VisitPlace& at) const {
        std::ofstream trust(at.trust, std::ios::binary);
        if (!(trust << shown_.trust_pem) || !trust.flush())
            return Problem{{at.trust, 0, 0}, "a file that can be written", "none"};
        return clients::make_home(at.home, clients::files_of(who_.client, job_.mode, at));
    }

    profile::Expectation expectation() const {
        return profile::expect(who_.profile, place_.workshop.world().ledger, job_.mode, *shown_.chain);
    }

    bool busy() const {
        return listener_->open_connections() > 0 || listener_->has_pending() ||
               (proxy_ && (proxy_->open_connections() > 0 || proxy_->has_pending()));
    }

    asio::awaitable<void> settle() {
        const auto limit = Clock::now() + settle_limit;
        while (busy()) {
            if (Clock::now() >= limit) {
                listener_->cut();  // before the proxy, whose end would look like the client's
                if (proxy_) proxy_->cut();
                co_return;
            }
            boost::system::error_code woken;
            changed_.expires_after(settle_look);
            co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        }
    }

    CasePlace& place_;
    const CaseJob& job_;
    const Participant& who_;
    asio::steady_timer changed_;
    asio::any_io_executor executor_;
    std::string host_;
    std::string scope_;
    Shown shown_;
    std::vector<tls::Transcript> connections_;
    std::unique_ptr<net::Proxy> proxy_;        // where the client needs one; it ends after the listener
    std::unique_ptr<net::Listener> listener_;  // last: its connections report to the members above
};

}  // namespace

asio::awaitable<CaseOutcome> run_case(CasePlace place, CaseJob job) {
    CaseOutcome out;
    const Slots::Held slot = co_await place.slots.take();
    const auto start = Clock::now();
    CaseRunner runner(place, job, co_await asio::this_coro::executor);
    Problems problems;
    std::error_code error;
    std::filesystem::create_directories(place.dir, error);
    if (error) problems.add({place.dir.string(), 0, 0}, "a folder that can be made", error.message());
    if (problems.empty()) problems = runner.open();
    int number = 0;
    for (const scenario::Visit& visit : job.scenario->visits) {
        ++number;
        if (!problems.empty()) break;
        problems = co_await runner.visit(number, std::get<scenario::Connect>(visit.action), out.visits);
    }
    out.trouble = problems.text();
    out.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    co_return out;
}

}  // namespace guise::run
