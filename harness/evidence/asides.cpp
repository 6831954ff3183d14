#include "evidence/asides.hpp"

#include "secrets/find.hpp"

#include <algorithm>

namespace guise::evidence {

std::vector<Aside> asides_with(const std::string& secret, const std::vector<Said>& said) {
    std::vector<Aside> out;
    for (const auto& [to, text] : said) {
        if (std::ranges::find(out, to, &Aside::to) != out.end()) continue;
        std::string how = secrets::form_of_secret(text, secret);
        if (!how.empty()) out.push_back({to, std::move(how)});
    }
    return out;
}

}  // namespace guise::evidence
