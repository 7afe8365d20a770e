#pragma once

#include <QString>

#include <functional>
#include <map>

namespace headlight {

/// Carries out the gestures that change the model, each in a window of its own.
std::map<QString, std::function<void()>> editPerformances();

} // namespace headlight
