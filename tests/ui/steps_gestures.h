#pragma once

#include <QString>

#include <functional>
#include <map>

namespace headlight {

/// Carries out the gestures of the Steps page, each in a window of its own on the bundled model.
std::map<QString, std::function<void()>> stepsPerformances();

} // namespace headlight
