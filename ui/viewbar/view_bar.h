#pragma once

#include "ui/session/selection.h"
#include "ui/session/view_options.h"

#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QToolButton;

namespace headlight {

class Segments;

/// The switches above the picture: which view, row or column, the scale of the weights, which tokens are
/// shown. What is not as usual is written on its switch.
class ViewBar : public QWidget {
    Q_OBJECT
public:
    ViewBar(Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    /// The switches that have no effect in a view cannot be used while it is shown.
    void addView(ViewKind kind, const QString& title, const QString& toolTip, bool hasAxis = true,
                 bool hasScale = true);
    /// In less room there is no word beside the scales; in little, they are a menu behind one button; in the
    /// least, so are the window's switches, and row or column is left to the row panel's own switch.
    enum class Room { least, little, less, enough };
    void setRoom(Room room);
    /// A switch of the window's, behind the others.
    void addSwitch(QAction* action);
    /// The entries of the token switch, for the window's menu.
    const QList<QAction*>& tokenActions() const { return m_tokenActions; }

private:
    void buildScale();
    void buildTokens();
    void refresh();

    struct Uses {
        ViewKind kind;
        bool axis, scale;
    };
    Selection& m_selection;
    ViewOptions& m_options;
    std::vector<Uses> m_uses; ///< of the views
    Segments* m_view;
    Segments* m_axis;
    Segments* m_scale;
    QToolButton* m_scaleButton; ///< in its place
    QLabel* m_label;
    QToolButton* m_tokens;
    QToolButton* m_more;            ///< in the place of `m_switches`
    QList<QToolButton*> m_switches; ///< the window's
    Room m_room = Room::enough;
    QList<QAction*> m_tokenActions; ///< special, first, words
};

} // namespace headlight
