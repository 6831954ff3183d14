#include "net/conversation.hpp"

#include "net/http_dialogue.hpp"
#include "service/line_dialogue.hpp"

namespace guise::net {

Conversation converse(std::shared_ptr<const service::Service> service, service::Facts facts,
                      bool plain_text) {
    Conversation out;
    out.starts_plain = service->starts == service::Starts::plain;
    out.plain_text = plain_text && service->plain_text;
    if (service->speaks == service::Speaks::http)
        out.dialogue = std::make_unique<HttpDialogue>(std::move(service), std::move(facts));
    else if (service->speaks == service::Speaks::lines)
        out.dialogue = std::make_unique<service::LineDialogue>(std::move(service), std::move(facts));
    return out;
}

}  // namespace guise::net
