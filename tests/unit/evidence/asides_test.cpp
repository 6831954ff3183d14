#include "evidence/asides.hpp"

#include "evidence/kit.hpp"
#include "pki/base64.hpp"

namespace guise::evidence::asides_test {
namespace {

using test::canary;

TEST_CASE("what was said beside a visit is looked through for the secret", "[evidence][asides]") {
    const std::vector<Said> said{{"to its proxy", "CONNECT a.test:443"},
                                 {"to its proxy", "CONNECT " + canary + ".test:443"},
                                 {"to its proxy", canary},
                                 {"in an event", "name " + pki::to_base64(as_bytes(canary))}};
    CHECK(asides_with(canary, said) ==
          std::vector<Aside>{{"to its proxy", "as it is"}, {"in an event", "in base64"}});
    CHECK(asides_with(canary, {}).empty());
    CHECK(asides_with(canary, {said.front()}).empty());
}

}  // namespace
}  // namespace guise::evidence::asides_test
