#pragma once

#include <QString>

#include <vector>

namespace headlight {

/// One thing that hands can do in the window.
struct Gesture {
    QString id;    ///< for tests: "map.click"
    QString where; ///< "map", "everywhere"
    QString keys;  ///< "click", "arrow keys"
    QString what;  ///< "selects query and key"
};

/// Every gesture of the window: what the help shows (F1), and what the tests carry out one by one.
std::vector<Gesture> gestures();

} // namespace headlight
