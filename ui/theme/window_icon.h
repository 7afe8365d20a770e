#pragma once

#include <QIcon>

namespace headlight {

/// The program's icon, a small map of weights, painted at the sizes that desktops ask for.
QIcon windowIcon();

} // namespace headlight
