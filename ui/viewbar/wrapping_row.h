#pragma once

#include <QWidget>

class QBoxLayout;

namespace headlight {

/// Two widgets beside each other, the second one at the right; where they do not fit, the second one stands
/// below the first, so that nothing is cut.
class WrappingRow : public QWidget {
    Q_OBJECT
public:
    WrappingRow(QWidget* first, QWidget* second, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QWidget* m_first;
    QWidget* m_second;
    QBoxLayout* m_layout;
};

} // namespace headlight
