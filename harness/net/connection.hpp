// One accepted socket, the transport that its bytes go through, and the conversation that they carry.
#pragma once

#include "net/conversation.hpp"
#include "net/listener.hpp"
#include "tls/transport.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>

namespace guise::net {

/// One connection, from accept to end.
///
/// `choose` is called in each handshake, with all of the destination that the socket and the ClientHello say.
///
/// Lifetime: owned by the coroutine that `start` spawns and by the listener, until the connection ends.
/// Threads: none; everything runs on the executor of the socket.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
    /// Called at the end, once.
    using Ended = std::function<void(Connection&, tls::Transcript)>;

    Connection(boost::asio::ip::tcp::socket socket, const boost::asio::ip::tcp::endpoint& peer, Choose choose,
               Conversation conversation, Ended ended, const Deadlines& deadlines);

    /// Begins to play.
    void start();
    /// Ends the connection now with `Ending::deadline`, unless it has ended.
    void cut();
    /// It lives, all that has come was answered, and nothing waits to be read: a visit may end here.
    [[nodiscard]] bool at_rest();
    /// What has happened since the visit began, or the accept. It must be at rest.
    [[nodiscard]] tls::Transcript so_far() const;
    /// From now on it carries what belongs to the next visit. It must be at rest.
    void begin_visit(Conversation conversation);

 private:
    using Clock = std::chrono::steady_clock;
    // What the server waits for. Each has its own patience.
    enum class Phase {
        handshake,  // the client's next message
        idle,       // data
        answered,   // the client's end, after the last words of the dialogue
        stopped,    // the client's end, after the last words of a server that stops in the handshake
        over        // the client's end, after an alert, a failure, a close_notify, or what is no TLS
    };

    boost::asio::awaitable<void> play();
    boost::asio::awaitable<void> flush();
    boost::asio::awaitable<void> pause();
    boost::asio::awaitable<boost::system::error_code> receive();
    boost::asio::awaitable<void> react();
    boost::asio::awaitable<void> begin();
    boost::asio::awaitable<void> pass_on(std::string bytes);
    boost::asio::awaitable<void> answer(boost::asio::awaitable<service::Reply> work);
    boost::asio::awaitable<service::Reply> reply_of(boost::asio::awaitable<service::Reply> work);
    void say(const service::Reply& reply);
    void secure(std::string_view rest);
    boost::asio::awaitable<void> answer_in_plain_text();
    void collect_output();
    void say_goodbye();
    [[nodiscard]] std::chrono::milliseconds patience() const;
    void take(Conversation conversation);
    void end_rest();
    [[nodiscard]] bool kept_alive() const;
    [[nodiscard]] bool says_no_more() const;
    [[nodiscard]] bool speaks_no_tls() const;
    void expect_more();
    void watch();
    void on_timer();
    [[nodiscard]] tls::Ending ending_of(const boost::system::error_code& error) const;
    void end(tls::Ending how);

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer timer_;
    const Clock::time_point accepted_ = Clock::now();
    const Deadlines deadlines_;
    const Choose choose_;
    Ended ended_;  // empty once it was called
    Conversation conversation_;
    boost::asio::cancellation_signal cancel_;  // of what the handler waits for
    bool handling_ = false;                    // the handler works, or waits
    std::unique_ptr<tls::Transport> transport_;
    std::size_t handshakes_ = 0;  // that have been begun
    bool in_plain_text_ = false;  // the client does not speak TLS and is answered all the same
    Bytes output_;                // for the client, of the transports so far
    Phase phase_ = Phase::handshake;
    Clock::time_point deadline_;
    bool late_ = false;   // the deadline has passed
    bool reset_ = false;  // a write met the client's RST
    bool rests_ = false;  // nothing has come since the visit began
    bool half_closed_ = false;
    std::array<std::uint8_t, 16384> buffer_;
};

}  // namespace guise::net
