#pragma once

#include <QWidget>

class QButtonGroup;

namespace headlight {

/// A row of labelled switches of which one is on: one stop of the Tab key, in which Left and Right walk.
class Segments : public QWidget {
    Q_OBJECT
public:
    explicit Segments(const QString& accessibleName, QWidget* parent = nullptr);

    void add(int id, const QString& text, const QString& toolTip);
    void setCurrent(int id);
    int current() const;

Q_SIGNALS:
    void chosen(int id);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_group;
};

} // namespace headlight
