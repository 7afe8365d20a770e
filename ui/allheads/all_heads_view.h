#pragma once

#include "ui/allheads/heads_alike.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QBoxLayout;
class QComboBox;
class QCPPainter;

namespace headlight {

class MetricPlot;
class SimilarityView;
struct LoadedModel;

/// All heads of the selected head's stack at once: how alike they are, and where they stand by two metrics.
/// Side by side, or one above the other where there is little width.
class AllHeadsView : public QWidget {
    Q_OBJECT
public:
    AllHeadsView(const TraceStore& store, Selection& selection, ViewOptions& options,
                 QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// For metrics that read its weights; asked only about traces that it made.
    void setModel(std::shared_ptr<const LoadedModel> model);
    /// Both as one figure of this size.
    void paintFigure(QCPPainter& painter, QSize size);

    QSize minimumSizeHint() const override { return {320, 260}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildAxes();
    void readTrace();
    void readNumbers();
    void readSelection();

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
    HeadNumbers m_numbers; ///< of the plot
    Stack m_stack = Stack::encoder;
    QBoxLayout* m_layout;
    SimilarityView* m_similarity;
    MetricPlot* m_plot;
    QComboBox* m_across;
    QComboBox* m_up;
    HeadsAlikeFeed m_feed;
};

} // namespace headlight
