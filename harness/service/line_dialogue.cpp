#include "service/line_dialogue.hpp"

#include "secrets/find.hpp"

#include <algorithm>
#include <utility>

namespace guise::service {

namespace {

constexpr std::size_t longest_line = 65'536;
// So much of a line is matched: what a command is stands at its beginning.
constexpr std::size_t longest_matched = 1'024;

bool line_matches(const Pattern& pattern, const std::string& line) {
    return pattern.search(std::string_view(line).substr(0, longest_matched)).has_value();
}

}  // namespace

LineDialogue::LineDialogue(std::shared_ptr<const Service> service, Facts facts)
    : service_(std::move(service)), facts_(std::move(facts)) {}

Reply LineDialogue::open(bool secured) {
    secured_ = secured;
    if (std::exchange(greeted_, true)) return {};
    return {filled(service_->greet), Then::listen, {}};
}

Reply LineDialogue::receive(std::string_view bytes) {
    Reply reply;
    if (over_) return reply;
    waiting_ += bytes;
    while (reply.then == Then::listen && !over_) {
        const std::size_t end = waiting_.find('\n');
        over_ = std::min(end, waiting_.size()) > longest_line;
        if (over_ || end == std::string::npos) break;
        std::string line = waiting_.substr(0, end);
        waiting_.erase(0, end + 1);
        if (line.ends_with('\r')) line.pop_back();
        take(line, reply);
    }
    if (over_ || reply.then == Then::close) waiting_.clear();
    if (reply.then == Then::tls) reply.rest = std::exchange(waiting_, {});
    return reply;
}

// One line of the client. What is passed over may hold the secret too, so it is recorded as well.
void LineDialogue::take(const std::string& line, Reply& reply) {
    ReceivedRequest request{"", line, std::nullopt, secrets::holds_login_secret(line, facts_.canary), false};
    if (skipping_) {
        if (line_matches(*skipping_->until, line))
            reply.send += filled(std::exchange(skipping_, nullptr)->reply);
    } else if (const LineRule* rule = rule_for(line, request.rule)) {
        answer(*rule, reply);
    }
    received_.add(std::move(request));
}

// A line that is not what the step before it expects ends the steps. `index` counts over the rules of the
// stage and then the common ones; a step has none.
const LineRule* LineDialogue::rule_for(const std::string& line, std::optional<std::size_t>& index) {
    if (!steps_.empty()) {
        const LineRule* step = steps_.front();
        steps_.pop_front();
        if (line_matches(step->match, line)) return step;
        steps_.clear();
    }
    std::size_t at = 0;
    for (const auto* rules : {secured_ ? &service_->tls : &service_->plain, &service_->common}) {
        for (const LineRule& rule : *rules) {
            index = at++;
            if ((!rule.only || rule.only == facts_.starttls) && line_matches(rule.match, line)) return &rule;
        }
    }
    index.reset();
    return nullptr;
}

void LineDialogue::answer(const LineRule& rule, Reply& reply) {
    reply.send += filled(rule.send);
    for (auto step = rule.next.rbegin(); step != rule.next.rend(); ++step) steps_.push_front(&*step);
    if (rule.until) skipping_ = &rule;
    if (rule.then == LineThen::tls && !secured_) {
        reply.then = Then::tls;
        steps_.clear();
    }
    if (rule.then == LineThen::close) {
        reply.then = Then::close;
        over_ = true;
    }
}

std::string LineDialogue::filled(const std::string& text) const {
    return fill(text, service_->values, facts_);
}

}  // namespace guise::service
