#pragma once

#include <QString>

class QTableView;

namespace headlight {

/// Makes a table one of whole rows, of which one is chosen: no grid, no editing, no frame around a single
/// cell, and the Tab key leaves it.
void showRows(QTableView& table, const char* objectName, const QString& accessibleName);

} // namespace headlight
