// The drivers and routings that a client file may name, and what of the file goes with each.
#pragma once

#include "clients/file/placeholders.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace guise::clients {

/// A driver, as a client file sees it.
struct DriverWord {
    std::string name;
    std::string routing;  // of a file that names none
    bool screen = false;  // the keys `screen`, `prompts` and `say` mean something
};

/// A routing, as a client file sees it.
struct RoutingWord {
    std::string name;
    std::vector<Placeholder> placeholders;  // that mean something with it, and not with every other
};

/// What the tables of this program hold, in their order.
struct Vocabulary {
    std::vector<DriverWord> drivers;
    std::vector<RoutingWord> routings;
};

/// The entry of this name; null where there is none.
template <class Entry>
[[nodiscard]] const Entry* named(const std::vector<Entry>& entries, std::string_view name) {
    for (const Entry& entry : entries)
        if (entry.name == name) return &entry;
    return nullptr;
}

/// The names of all entries as a phrase for messages: `one of exec, terminal, rpc`.
template <class Entry>
[[nodiscard]] std::string one_of_names(const std::vector<Entry>& entries) {
    std::string out = "one of ";
    for (const Entry& entry : entries) out += (&entry == entries.data() ? "" : ", ") + entry.name;
    return out;
}

}  // namespace guise::clients
