#pragma once

#include "ui/session/view_options.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace headlight {

class Segments;

/// The switches above the picture: map or lines, the scale of the weights, which tokens are shown. What is
/// not as usual is written on its switch.
class ViewBar : public QWidget {
    Q_OBJECT
public:
    explicit ViewBar(ViewOptions& options, QWidget* parent = nullptr);

    /// In little room, without the word beside the scales.
    void setCompact(bool compact);
    /// A switch of the window's, behind the others.
    void addSwitch(QAction* action);
    /// The entries of the token switch, for the window's menu.
    const QList<QAction*>& tokenActions() const { return m_tokenActions; }

private:
    void buildTokens();
    void refresh();

    ViewOptions& m_options;
    Segments* m_view;
    Segments* m_scale;
    QLabel* m_label;
    QToolButton* m_tokens;
    QList<QAction*> m_tokenActions; ///< special, first, words
};

} // namespace headlight
