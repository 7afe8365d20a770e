#pragma once

#include "ui/experiments/experiment.h"
#include "ui/experiments/messenger.h"
#include "ui/experiments/positions_picture.h"

class QBoxLayout;
class QLabel;

namespace headlight {

class Plot;
class PositionsMap;
class Segments;

/// "Positions": the terms by which a transformer tells positions apart, as maps and as products of positions
/// with positions. The vectors of the window's model, and, by their formulas, those of other schemes.
class PositionsExperiment : public Experiment {
    Q_OBJECT
public:
    explicit PositionsExperiment(const ExperimentContext& context, QWidget* parent = nullptr);
    ~PositionsExperiment() override;

    void setTheme(const Theme& theme) override;
    void setModel(const std::shared_ptr<const LoadedModel>& model) override;
    std::optional<FigureSource> figure() override;
    std::optional<NumberTable> numbers() const override;

    /// Null until they are computed.
    const std::shared_ptr<const PositionTerms>& terms() const { return m_terms; }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    PositionScheme scheme() const;
    PositionSettings settings() const;
    void ask();
    void take(const std::shared_ptr<const PositionTerms>& terms);
    void showView();
    void showCell();
    void showSecondPlot();
    void say();

    ExperimentContext m_context;
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<const PositionTerms> m_terms;
    PositionScheme m_ofScheme = PositionScheme::learned; ///< of m_terms
    std::shared_ptr<const LoadedModel> m_ofModel;        ///< likewise
    QString m_problem;
    quint64 m_asked = 0; ///< number of the newest question; older answers are dropped
    quint64 m_job = 0;
    bool m_stale = true; ///< what is chosen was not asked for yet
    Messenger m_messenger;
    Segments* m_scheme;
    Segments* m_view;
    QLabel* m_origin; ///< the model's own numbers, or a formula
    QLabel* m_formula;
    QLabel* m_reading;
    PositionsMap* m_map;
    Plot* m_row;
    Plot* m_second;
    QWidget* m_plots;
    QBoxLayout* m_plotLayout;
    QBoxLayout* m_content;
    Jobs m_jobs; ///< last: its thread ends before anything else goes
};

} // namespace headlight
