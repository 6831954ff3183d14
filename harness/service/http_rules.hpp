// Answers the HTTP requests of one connection by the rules of its service.
#pragma once

#include "service/dialogue.hpp"
#include "service/http_message.hpp"
#include "service/service.hpp"

namespace guise::service {

/// Lifetime: shares the service.
class HttpRules final {
 public:
    HttpRules(std::shared_ptr<const Service> service, Facts facts);

    /// The answer of the first rule that matches; 404 where none does.
    [[nodiscard]] Answer answer(const Request& request);
    [[nodiscard]] const Received& received() const noexcept { return received_; }

 private:
    struct Login;
    [[nodiscard]] Login login_of(const Request& request) const;
    [[nodiscard]] bool carries(const HttpRule& rule, const Login& login) const;
    [[nodiscard]] Answer by(const HttpRule& rule, bool secret) const;
    void note(const Request& request, const Login& login, std::optional<std::size_t> rule);

    std::shared_ptr<const Service> service_;
    Facts facts_;
    Received received_;
};

/// The JSON text of a value of a file, its placeholders filled.
[[nodiscard]] std::string json_text(const yaml::Value& value,
                                    const std::map<std::string, std::string>& values, const Facts& facts);

}  // namespace guise::service
