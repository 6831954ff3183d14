#include "run/names.hpp"

#include "pki/digest.hpp"

#include <fmt/format.h>

#include <random>

namespace guise::run {

std::string host_of(const std::string& scenario_id) {
    const std::string base = scenario_id.substr(0, scenario_id.find('['));
    std::string out = "guise.test";
    for (std::size_t at = 0; at < base.size();) {
        const std::size_t end = std::min(base.find('/', at), base.size());
        out = base.substr(at, end - at) + "." + out;
        at = end + 1;
    }
    if (base == scenario_id) return out;
    return fmt::format("v{}.{}", to_hex(pki::sha256(as_bytes(scenario_id))).substr(0, 6), out);
}

std::string Draw::hex(const std::string& purpose, std::size_t digits) const {
    return to_hex(pki::sha256(as_bytes(seed_ + '\0' + purpose))).substr(0, digits);
}

std::string fresh_seed() {
    std::random_device random;
    return fmt::format("{:08x}", random());
}

}  // namespace guise::run
