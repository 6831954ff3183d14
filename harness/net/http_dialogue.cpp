// The server is not there to serve: an answer that makes a client content and lets it go on will do. What the
// client has sent is in the transcript, whether it was HTTP or not.
#include "net/http_dialogue.hpp"

#include <algorithm>

namespace guise::net {

HttpDialogue::HttpDialogue(std::shared_ptr<const service::Service> service, service::Facts facts)
    : rules_(std::move(service), std::move(facts)) {}

service::Reply HttpDialogue::open(bool) { return {}; }

service::Reply HttpDialogue::receive(std::string_view bytes) {
    service::Reply reply;
    if (over_) return reply;
    reader_.receive(bytes);
    while (const auto request = reader_.next()) {
        const service::Answer answer = rules_.answer(*request);
        reply.send += to_text(answer, *request);
        over_ = answer.close || !request->keep_alive;
        if (!over_) continue;
        reply.then = service::Then::close;
        break;
    }
    return reply;
}

bool HttpDialogue::at_rest() const {
    const auto& requests = rules_.received().requests;
    return !over_ && reader_.between_requests() &&
           !std::ranges::all_of(requests, &service::ReceivedRequest::is_public);
}

}  // namespace guise::net
