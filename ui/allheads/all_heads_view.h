#pragma once

#include "ui/allheads/heads_alike.h"
#include "ui/heads/metric_values.h"
#include "ui/session/jobs.h"
#include "ui/session/messenger.h"
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
    /// Without `jobs` heads are compared over this sentence only.
    AllHeadsView(const TraceStore& store, Selection& selection, ViewOptions& options,
                 QWidget* parent = nullptr, Jobs* jobs = nullptr);
    ~AllHeadsView() override;

    void setTheme(const Theme& theme);
    /// For metrics that read its weights; asked only about traces that it made.
    void setModel(std::shared_ptr<const LoadedModel> model);
    /// Both as one figure of this size; moves nothing on the screen.
    void paintFigure(QCPPainter& painter, QSize size);

    QSize minimumSizeHint() const override { return {320, 260}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void paintAll(QCPPainter& painter, QSize size, const HeadsAlike& alike);
    /// Over what heads are compared.
    enum class Over { sentence, grammar, file };
    void buildOver();
    void chooseOver(Over over);
    /// Reads the sentences as a job; the picture follows.
    void readMany(Over over, const QString& file);
    void readNews(const JobState& state);
    /// Back to this sentence.
    void leaveMany();
    void showAlike();
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
    MetricValues m_values;
    HeadsAlikeFeed m_feed;
    Jobs* m_jobs;
    Messenger m_messenger;
    QComboBox* m_overBox = nullptr;
    Over m_over = Over::sentence;
    quint64 m_job = 0;                        ///< 0: none
    std::shared_ptr<const HeadsAlike> m_many; ///< over many sentences
};

} // namespace headlight
