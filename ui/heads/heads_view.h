#pragma once

#include "ui/heads/head_painter.h"
#include "ui/heads/metric_values.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QToolButton;

namespace headlight {

class EditsState;
struct LoadedModel;

/// All heads as thumbnails, layer by layer or by a metric, whose value stands on each; below them what is
/// selected. Pointing at a head shows it everywhere for as long as the pointer rests there; clicking selects
/// it.
class HeadsView : public QWidget {
    Q_OBJECT
public:
    HeadsView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Lets the menu of a head switch it off; without edits it does not.
    void setEdits(EditsState* edits) { m_edits = edits; }
    /// For metrics that read its weights; asked only about traces that it made.
    void setModel(std::shared_ptr<const LoadedModel> model);
    /// Of every head; empty while no metric is chosen, or while they are computed.
    const std::vector<HeadValue>& values() const { return m_values; }
    /// What is written below the thumbnails about the metric, "Mean distance" and "2.31 tokens"; empty
    /// without.
    QString numberName() const;
    QString number() const { return m_number; }
    /// Where the thumbnail of a head is; empty when there is none.
    QRect thumbnailRect(const HeadAddress& head) const;

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void readTrace();
    void readSelection();
    std::optional<HeadAddress> headAt(QPointF point) const;
    double gridsBottom() const;
    void buildChoice();
    void layOutChoice();
    void choose(const std::string& metric, bool sorted);
    std::optional<double> valueAt(const HeadAddress& head) const;
    /// Of the line about the metric.
    QRectF numberLine() const;

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    EditsState* m_edits = nullptr;
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
    QComboBox* m_choice;
    QToolButton* m_sort;
    ShownTokens m_tokens;  ///< of the thumbnails
    HeadNumbers m_numbers; ///< likewise
    const HeadMetric* m_metric = nullptr;
    MetricValues m_metricValues;
    std::vector<HeadValue> m_values; ///< of m_metric; empty while they are not there
    std::vector<HeadGrid> m_grids;
    QString m_entropy;
    QString m_number;
};

} // namespace headlight
