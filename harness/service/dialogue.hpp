// What a service says and receives on one connection, whatever carries the bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::service {

/// A request, or a line, that was understood.
struct ReceivedRequest {
    std::string method;               // empty for a line
    std::string target;               // or the line
    std::optional<std::size_t> rule;  // the index of the rule that answered it; none: no rule did
    bool secret = false;              // it carried the secret, or a proof of it
    bool is_public = false;           // one that the profile allows before the certificate is accepted
};

/// All that was understood in one connection.
struct Received {
    static constexpr std::size_t most_kept = 1'000;
    static constexpr std::size_t longest_kept = 4'096;  // of the target, or the line, of each
    std::vector<ReceivedRequest> requests;              // the first of them
    bool secret_proven = false;  // something that only a holder of the secret can make arrived, and
                                 // the bytes on the wire do not show the secret itself

    void add(ReceivedRequest request) {
        if (requests.size() == most_kept) return;
        if (request.target.size() > longest_kept) request.target.resize(longest_kept);
        requests.push_back(std::move(request));
    }
};

/// What happens after a reply.
enum class Then {
    listen,  // the client speaks next
    tls,     // the client's next bytes begin a TLS handshake
    close    // nothing more is said
};

/// The server's turn.
struct Reply {
    std::string send;
    Then then = Then::listen;
    std::string rest;  // with Then::tls: what has come after the line that asked for it
};

/// One side of one conversation.
class Dialogue {
 public:
    virtual ~Dialogue() = default;

    /// The channel is there: after the accept where the service starts in plain text, and after a handshake.
    virtual Reply open(bool secured) = 0;
    /// The client's next bytes, in any cut.
    virtual Reply receive(std::string_view bytes) = 0;
    [[nodiscard]] virtual const Received& received() const = 0;
    /// Requests that were more than public ones have been answered in full, nothing has come since, and the
    /// channel stays for more: a visit may end here, and another one go on.
    [[nodiscard]] virtual bool at_rest() const { return false; }
};

}  // namespace guise::service
