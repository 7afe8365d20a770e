#pragma once

#include <QDialog>

namespace headlight {

/// The table of gestures as a window of its own; it may stay open while one works.
class GestureHelp : public QDialog {
    Q_OBJECT
public:
    explicit GestureHelp(QWidget* parent = nullptr);
};

} // namespace headlight
