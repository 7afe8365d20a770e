#pragma once

#include "ui/derived/derived_feed.h"
#include "ui/look/map_numbers.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QCPPainter;
class QLabel;
class QPushButton;

namespace headlight {

class HeatmapView;
class Segments;

/// Rollout or attention flow as a map like that of a head's weights, said to be derived. Above it: which of
/// the two, up to which layer, over which heads.
class DerivedView : public QWidget {
    Q_OBJECT
public:
    DerivedView(const TraceStore& store, Selection& selection, ViewOptions& options, Jobs* jobs = nullptr,
                QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Why there is no map, in a sentence; empty: there is one, or there will be.
    QString problem() const { return m_feed.answer().problem; }
    /// What it is derived from and how, in a sentence.
    QString note() const;
    const HeatmapView& map() const { return *m_map; }
    /// With the note above the map; moves nothing on the screen.
    void paintFigure(QCPPainter& painter, QSize size);

    QSize minimumSizeHint() const override { return {320, 260}; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void change(const std::function<void(DerivedChoice&)>& what);
    void ask();
    void askNow();
    void showChoice();
    void showAnswer();
    /// The last layer that counts, as it is numbered.
    int lastLayer() const;
    MapContent content() const;

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    Theme m_theme = lightTheme();
    DerivedFeed m_feed;
    std::shared_ptr<const MapNumbers> m_numbers; ///< of the feed's answer
    int m_layers = 0;                            ///< of the list
    Segments* m_kind;
    QLabel* m_upTo;
    QComboBox* m_layer;
    QComboBox* m_heads;
    QPushButton* m_start;
    QLabel* m_note;
    HeatmapView* m_map;
};

} // namespace headlight
