// What the tests of the pages share: the book of a few scenarios of the sources.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"
#include "inputs/kit.hpp"

#include <string>

namespace guise::docs::page_kit {

using guise::kit::content_of;

/// Few scenarios: all that is derived is derived of them alone.
inline const inputs::RunInputs& inputs() {
    static const TemporaryFolder folder;
    static const inputs::RunInputs loaded = [] {
        const std::filesystem::path source = std::filesystem::path(GUISE_SOURCE_DIR) / "scenarios";
        for (const char* name :
             {"trust/ca-signed.yaml", "trust/self-signed.yaml", "trust/missing-intermediate.yaml",
              "trust/README.md", "trust/root-sent.yaml", "validity/expired.yaml", "names/wrong-name.yaml",
              "names/cn-only.yaml", "names/name-also-in-cn.yaml", "login/swapped-to-expired.yaml",
              "handshake/wrong-signature.yaml", "handshake/heartbeat.yaml", "names/address-host.yaml",
              "names/address-host-wrong.yaml", "pin/changed-key.yaml", "pin/same-certificate.yaml",
              "pin/self-signed-then-ca.yaml", "faults/changed-expired-and-wrong-name.yaml"})
            guise::kit::write(folder.path() / name, content_of(source / name));
        return inputs::load_inputs({.data = GUISE_SOURCE_DIR, .scenarios = folder.path()}).value();
    }();
    return loaded;
}

inline const Book& book() {
    static const std::unique_ptr<Book> made = make_book(inputs(), guise::kit::vocabulary()).value();
    return *made;
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
inline bool has(const Html& html, const std::string& part) { return has(html.text, part); }

/// The page of this place.
inline const Page& page_at(const std::vector<Page>& pages, const std::string& place) {
    for (const Page& page : pages)
        if (page.place == place) return page;
    throw std::runtime_error("no page " + place);
}

}  // namespace guise::docs::page_kit
