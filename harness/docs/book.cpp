#include "docs/book.hpp"

#include "docs/places.hpp"
#include "docs/standard.hpp"
#include "judge/known_files.hpp"

#include <algorithm>

namespace guise::docs {

namespace {

std::vector<const profile::Profile*> all_profiles(const inputs::RunInputs& inputs) {
    std::vector<const profile::Profile*> out;
    for (const auto& [name, profile] : inputs.profiles) out.push_back(&profile);
    return out;
}

void name_standards(Book& book, const std::string& base, const std::string& defect) {
    for (const Standard& standard : standards_of(book.inputs.library.defects.at(defect).clause))
        book.by_standard[standard.name].scenarios.insert(base);
}

void add_uses(Book& book, const BookCase& one) {
    const std::string& base = one.scenario->base;
    for (const ToldVisit& visit : one.visits)
        if (visit.connect)
            for (const pki::Present* present : chains_of(*visit.connect))
                for (const pki::DefectUse& use : present->defects) {
                    book.by_defect[use.name].insert(base);
                    name_standards(book, base, use.name);
                }
    for (const scenario::Expect& expect : one.scenario->expect)
        for (const Standard& standard : standards_of(expect.clause))
            if (!book.inputs.clauses.contains(standard.name))
                book.by_standard[standard.name].scenarios.insert(base);
    if (!one.scenario->control.empty()) book.controlled_by[one.scenario->control].insert(base);
    for (const std::string& part : one.scenario->combines) book.combined_in[part].insert(base);
}

void add_case(Book& book, const scenario::Scenario& scenario,
              const std::vector<const profile::Profile*>& profiles, profile::FactsSource& facts) {
    BookCase one{&scenario, tell_visits(scenario, facts),
                 expected_by_modes(book.inputs, scenario, profiles, facts)};
    add_coverage(scenario, one.owed, book.coverage);
    add_uses(book, one);
    book.areas[scenario.area()].insert(scenario.base);
    book.scenarios[scenario.base].push_back(std::move(one));
}

void add_defects(Book& book) {
    for (const auto& [name, defect] : book.inputs.library.defects)
        for (const Standard& standard : standards_of(defect.clause))
            book.by_standard[standard.name].defects.insert(name);
}

void fill_glossary(Book& book) {
    for (const auto& [base, cases] : book.scenarios) book.glossary.emplace(base, scenario_place(base));
    for (const auto& [id, clause] : book.inputs.clauses) book.glossary.emplace(id, clause_place(id));
}

void add_known(Book& book) {
    for (const judge::KnownDeviation& entry : book.known) {
        Names& files = book.known_in[&entry];
        for (const scenario::Scenario* scenario : book.inputs.catalogue.select({entry.scenario}))
            files.insert(scenario->base);
        for (const std::string& file : files) book.known_of[file].push_back(&entry);
    }
}

}  // namespace

std::map<Fault, Level> Book::faults(const std::string& base) const {
    std::map<Fault, Level> out;
    for (const BookCase& one : scenarios.at(base))
        for (const ToldVisit& visit : one.visits)
            for (const auto* faults : {&visit.faults, &visit.swapped})
                for (const auto& [fault, level] : *faults) {
                    const auto [entry, added] = out.emplace(fault, level);
                    if (!added) entry->second = std::max(entry->second, level);
                }
    return out;
}

Result<std::unique_ptr<Book>> make_book(const inputs::RunInputs& inputs,
                                        const clients::Vocabulary& vocabulary) {
    auto clients = inputs::load_clients(inputs, vocabulary, {}, {});
    auto known = judge::load_all_known(inputs, {});
    Problems problems;
    if (!clients) problems.add(clients.error());
    if (!known) problems.add(known.error());
    if (!problems.empty()) return problems;
    auto out = std::unique_ptr<Book>(new Book{inputs, std::move(*clients), std::move(*known)});
    profile::FactsSource facts(inputs.library);
    const auto profiles = all_profiles(inputs);
    for (const scenario::Scenario& scenario : inputs.catalogue.all())
        add_case(*out, scenario, profiles, facts);
    add_defects(*out);
    add_known(*out);
    fill_glossary(*out);
    return out;
}

}  // namespace guise::docs
