// A dialogue of lines: SMTP, IMAP and their like, as far as a login needs them.
#pragma once

#include "service/dialogue.hpp"
#include "service/service.hpp"

#include <deque>

namespace guise::service {

/// The server's side of one connection.
///
/// A line beyond 64 KiB ends the dialogue: nothing is answered any more.
///
/// Lifetime: shares the service.
class LineDialogue final : public Dialogue {
 public:
    LineDialogue(std::shared_ptr<const Service> service, Facts facts);

    Reply open(bool secured) override;
    Reply receive(std::string_view bytes) override;
    [[nodiscard]] const Received& received() const override { return received_; }

 private:
    void take(const std::string& line, Reply& reply);
    [[nodiscard]] const LineRule* rule_for(const std::string& line, std::optional<std::size_t>& index);
    void answer(const LineRule& rule, Reply& reply);
    [[nodiscard]] std::string filled(const std::string& text) const;

    std::shared_ptr<const Service> service_;
    Facts facts_;
    Received received_;
    std::string waiting_;                 // the beginning of a line
    std::deque<const LineRule*> steps_;   // what the next lines are expected to be
    const LineRule* skipping_ = nullptr;  // whose `until` has not come
    bool secured_ = false;
    bool greeted_ = false;
    bool over_ = false;
};

}  // namespace guise::service
