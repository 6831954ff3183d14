#include "server/names.hpp"

#include "pki/digest.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <random>

namespace guise::server {

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

std::string address_for(const scenario::Scenario& scenario, const std::string& usual) {
    const bool is_ipv6 = usual.find(':') != std::string::npos;
    if (scenario.host == pki::HostKind::ipv4 && is_ipv6) return "127.0.0.1";
    if (scenario.host == pki::HostKind::ipv6 && !is_ipv6) return "::1";
    return usual;
}

std::string host_for(const scenario::Scenario& scenario, const std::string& id, const std::string& address) {
    return scenario.host == pki::HostKind::name ? host_of(id) : address;
}

std::vector<std::string> other_hosts(const scenario::Scenario& scenario) {
    if (scenario.host == pki::HostKind::name) return {"localhost"};
    return {};
}

bool has_ipv6() {
    static const bool has = [] {
        boost::asio::io_context io;
        boost::asio::ip::tcp::socket socket(io);
        boost::system::error_code error;
        socket.open(boost::asio::ip::tcp::v6(), error);
        if (!error) socket.bind({boost::asio::ip::address_v6::loopback(), 0}, error);
        return !error;
    }();
    return has;
}

std::string SeededGenerator::hex(const std::string& purpose, std::size_t digits) const {
    return to_hex(pki::sha256(as_bytes(seed_ + '\0' + purpose))).substr(0, digits);
}

std::string fresh_seed() {
    std::random_device random;
    return fmt::format("{:08x}", random());
}

}  // namespace guise::server
