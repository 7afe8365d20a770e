#pragma once

#include "app/commands/program.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace headlight {

/// What one call of the program did.
struct Called {
    int status = -1;
    std::string out;
    std::string error;

    /// The output as JSON; fails the test when it is not exactly one document.
    nlohmann::json json() const {
        const nlohmann::json parsed = nlohmann::json::parse(out, nullptr, false);
        if (parsed.is_discarded())
            QTest::qFail(("not one JSON document: " + out.substr(0, 200)).c_str(), __FILE__, __LINE__);
        return parsed;
    }
    bool saysOnly(const std::string& part) const {
        return error.find(part) != std::string::npos && std::count(error.begin(), error.end(), '\n') == 1;
    }
};

inline Called call(const std::vector<std::string>& words, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out, error;
    Streams streams{in, out, error};
    Called called;
    called.status = runProgram(words, streams);
    called.out = out.str();
    called.error = error.str();
    return called;
}

} // namespace headlight
