// HTTP on one connection: whole requests in, the answers of a service's rules out.
#pragma once

#include "net/http_reader.hpp"
#include "service/http_rules.hpp"

namespace guise::net {

/// Answers every request until one asks to be the last, or the service wants no more. What is no HTTP is
/// never answered.
class HttpDialogue final : public service::Dialogue {
 public:
    HttpDialogue(std::shared_ptr<const service::Service> service, service::Facts facts);

    service::Reply open(bool secured) override;
    service::Reply receive(std::string_view bytes) override;
    [[nodiscard]] const service::Received& received() const override { return rules_.received(); }
    [[nodiscard]] bool at_rest() const override;

 private:
    HttpReader reader_;
    service::HttpRules rules_;
    bool over_ = false;
};

}  // namespace guise::net
