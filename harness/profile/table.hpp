// The decision table of a profile file: cells, rows and modes, read strictly and checked to be full.
#pragma once

#include "base/fields.hpp"
#include "profile/profile.hpp"

namespace guise::profile {

/// Reads the parts of a profile that hang together: which keys a cell has depends on whether the profile pins
/// and whether it names an event.
///
/// Lifetime: keeps references to all it is given.
class TableReader final {
 public:
    TableReader(const Profile& profile, const ClauseList& clauses, Problems& problems)
        : profile_(profile), clauses_(clauses), problems_(problems) {}

    /// `checks: {name: clause | [clause]}`; every name and clause must exist.
    Checks checks(const yaml::Value& value);
    /// One mode, laid over `base`. Errors: a row or column that is then still missing among them.
    Mode mode(const yaml::Value& value, Mode base);
    /// What an overlay takes over must fit its own pins and its own event.
    void check_inherited(const yaml::Value& overlay);
    /// Clause ids that must exist.
    Clauses clauses(yaml::Fields& fields, std::string_view key);

 private:
    RowCells row(const yaml::Value& value, const RowCells* base);
    Cell cell(const yaml::Value& value);
    void check_columns(const yaml::Value& value, const RowCells& cells, const std::string& whose = {});
    void check_effects(const yaml::Value& value, const Cell& cell, const std::string& whose = {});
    [[nodiscard]] std::set<Column> columns() const;

    const Profile& profile_;
    const ClauseList& clauses_;
    Problems& problems_;
};

}  // namespace guise::profile
