#pragma once

#include <QLayout>

#include <vector>

namespace headlight {

/// Items beside each other, each at its preferred width; what does not fit stands in the next line, so that
/// nothing is cut. Items of a line are centred on it. Hidden items take no place.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget* parent, int between = 16, int lines = 4);
    ~FlowLayout() override;
    FlowLayout(const FlowLayout&) = delete;
    FlowLayout& operator=(const FlowLayout&) = delete;

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    int spacing() const override { return m_between; }
    void setSpacing(int between) override {
        m_between = between;
        invalidate();
    }
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;    ///< all in one line
    QSize minimumSize() const override; ///< as wide as the widest item
    void setGeometry(const QRect& rect) override;

private:
    /// Breaks into lines and, where `move`, puts the items there. Returns the height of all lines.
    int arrange(const QRect& rect, bool move) const;
    int gapWithin(int room) const;

    std::vector<QLayoutItem*> m_items; ///< owned
    int m_between;                     ///< pixels between items of a line
    int m_lines;                       ///< pixels between lines
};

} // namespace headlight
