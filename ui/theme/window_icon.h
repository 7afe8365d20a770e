#pragma once

#include <QIcon>

namespace headlight {

/// The program's icon, resources/icons/headlight.svg, painted at the sizes that desktops ask for.
QIcon windowIcon();

} // namespace headlight
