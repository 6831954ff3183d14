// How the program ends. The codes fit pytest's, and are never a count.
#pragma once

namespace guise {

enum class ExitCode {
    as_expected = 0,    // every verdict is as expected
    unexpected = 1,     // a verdict is not, or something known to fail passes now
    interrupted = 2,    // stopped by the user; what had been found is in the reports
    internal = 3,       // a fault of the harness
    usage = 4,          // wrong options, files or configuration; nothing was run
    nothing = 5,        // nothing was selected
    inconclusive = 10,  // nothing failed, but inconclusive or not-run cases remain
    environment = 11,   // an adapter, a client or the machine is at fault
    stale = 12,         // only entries of known deviations that no longer apply
    refused = 13        // a merge was refused, or evidence does not verify
};

}  // namespace guise
