// Two things happen beside each other in a visit: the process runs, and the handshake of its connection is
// waited for, because some clients can be spoken to only then. The end of the process ends both.
#include "clients/terminal/terminal_driver.hpp"

#include "clients/terminal/dialogue.hpp"
#include "process/child.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <variant>

namespace guise::clients {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

// Carries what is said between the dialogue and the process. Lifetime: it outlives the run of the process.
class Conversation final {
 public:
    Conversation(const asio::any_io_executor& executor, process::Launch launch, PromptScript script,
                 std::chrono::milliseconds ignore_patience)
        : dialogue_(std::move(script)),
          ignore_patience_(ignore_patience),
          child_(std::make_shared<process::Child>(executor, std::move(launch),
                                                  [this](std::string_view bytes) { hear(bytes); })),
          running_(child_) {}
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    asio::awaitable<evidence::ProcessRecord> to_the_end() { return run(std::move(child_)); }
    // Never completes.
    asio::awaitable<void> await_handshake(std::function<asio::awaitable<void>()> done) {
        co_await done();
        act(dialogue_.shook_hands());
        asio::steady_timer never(co_await asio::this_coro::executor, Clock::time_point::max());
        co_await never.async_wait(asio::use_awaitable);
    }
    const std::vector<evidence::PromptRecord>& prompts() const { return dialogue_.prompts(); }

 private:
    void hear(std::string_view bytes) {
        act(dialogue_.receive(bytes,
                              std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began_)));
    }
    void act(const Dialogue::Next& next) {
        const auto child = running_.lock();
        if (!child) return;
        if (!next.send.empty()) child->say(next.send);
        if (next.walks_away) child->end_after(ignore_patience_);
    }

    Dialogue dialogue_;
    std::chrono::milliseconds ignore_patience_;
    Clock::time_point began_ = Clock::now();
    std::shared_ptr<process::Child> child_;  // until it runs
    std::weak_ptr<process::Child> running_;
};

bool waits_for_handshake(const Client& client) {
    return std::any_of(client.say.begin(), client.say.end(), [](const Say& say) { return !say.after; });
}

PromptScript prompt_script(const Client& client, const std::string& mode, const Attempt& attempt) {
    PromptScript script{client.prompts, client.say, attempt.answer};
    for (Say& say : script.say) say.send = filled(client, mode, attempt.place, say.send);
    return script;
}

}  // namespace

asio::awaitable<void> TerminalDriver::converse(process::Launch launch, const Attempt& attempt,
                                               evidence::ClientRecord& record) const {
    using namespace asio::experimental::awaitable_operators;
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    Conversation talk(executor, std::move(launch), prompt_script(client(), mode(), attempt),
                      ignore_patience_);
    if (attempt.handshake_done && waits_for_handshake(client())) {
        auto ended = co_await (talk.to_the_end() || talk.await_handshake(attempt.handshake_done));
        record.process = std::get<0>(std::move(ended));
    } else {
        record.process = co_await talk.to_the_end();
    }
    record.prompts = talk.prompts();
}

asio::awaitable<evidence::ClientRecord> TerminalDriver::connect(Attempt attempt) {
    evidence::ClientRecord record;
    record.reports_prompts = !client().prompts.empty();
    if (client().screen == Screen::rendered) {
        record.process.start_error = "a screen that has to be rendered cannot be read";
        co_return record;
    }
    std::optional<process::Launch> launch = ready(attempt, record);
    if (!launch) co_return record;
    put_on_screen(*launch, client());
    co_await converse(std::move(*launch), attempt, record);
    // Of a visit that was stopped nothing more is waited for, and what was seen of it is kept.
    const asio::cancellation_state stopped = co_await asio::this_coro::cancellation_state;
    if (stopped.cancelled() == asio::cancellation_type::none)
        co_await wait_for_orphans(attempt.place.home, record);
    look_after(attempt, record);
    co_return record;
}

void put_on_screen(process::Launch& launch, const Client& client) {
    launch.input_stays_open = !client.prompts.empty() || !client.say.empty();
    launch.streams = client.screen == Screen::pipe ? process::Streams::together : process::Streams::terminal;
    if (launch.streams == process::Streams::terminal) launch.env.try_emplace("TERM", "dumb");
}

DriverType terminal_driver_type() {
    DriverType out{.name = "terminal", .screen = true, .lacks = process_lacks};
    out.make = [](const Client& client, Adapter*) { return std::make_unique<TerminalDriver>(client); };
    return out;
}

}  // namespace guise::clients
