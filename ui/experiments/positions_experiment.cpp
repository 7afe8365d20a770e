#include "ui/experiments/positions_experiment.h"

#include "engine/session/model_session.h"
#include "ui/experiments/plot_look.h"
#include "ui/experiments/positions_map.h"
#include "ui/viewbar/flow_layout.h"
#include "ui/viewbar/segments.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int wideFrom = 620;      // pixels: plots beside the map
constexpr int lowestPlots = 130;   // their height below it
constexpr int leastForPlots = 330; // the height from which they have room below
constexpr double noSpread = 1e-5;  // relative: float32 rounding

int idOf(PositionScheme scheme) {
    return static_cast<int>(scheme);
}
int idOf(PositionsView view) {
    return static_cast<int>(view);
}

struct SchemeWords {
    QString name, formula, paper;
};

SchemeWords wordsOf(PositionScheme scheme) {
    using Page = PositionsExperiment;
    switch (scheme) {
    case PositionScheme::learned:
        return {Page::tr("learned"),
                Page::tr("One trained vector a position, added to the vector of the word."),
                Page::tr("Devlin et al. 2019, section 3")};
    case PositionScheme::sinusoidal:
        return {Page::tr("sinusoidal"),
                Page::tr("PE(p, 2i) = sin(p / 10000<sup>2i/d</sup>), PE(p, 2i+1) = cos(p / "
                         "10000<sup>2i/d</sup>), added to the vector of the word."),
                Page::tr("Vaswani et al. 2017, section 3.5")};
    case PositionScheme::rotary:
        return {Page::tr("rotary"),
                Page::tr("Queries and keys are turned: pair i of their components by the angle p · "
                         "10000<sup>−2i/d</sup>. Shown is what becomes of a vector of ones."),
                Page::tr("Su et al. 2021, section 3.2")};
    case PositionScheme::clipped:
        return {Page::tr("clipped distances"),
                Page::tr("Which trained vector a pair gets: clip(j − i, −k, k), k = 16. The vectors "
                         "themselves would be learned."),
                Page::tr("Shaw et al. 2018, section 3.2")};
    case PositionScheme::buckets:
        break;
    }
    return {Page::tr("T5 buckets"),
            Page::tr("Which of 32 trained biases is added to a score: 8 near distances of each side have "
                     "their own, farther ones share, up to 128. Minus: keys before the query. The biases "
                     "themselves would be learned."),
            Page::tr("Raffel et al. 2020, section 2.1")};
}
} // namespace

PositionsExperiment::PositionsExperiment(const ExperimentContext& context, QWidget* parent)
    : Experiment(parent), m_context(context), m_messenger(this), m_scheme(new Segments(tr("Scheme"), this)),
      m_view(new Segments(tr("Shown"), this)), m_origin(new QLabel(this)), m_formula(new QLabel(this)),
      m_reading(new QLabel(this)), m_map(new PositionsMap(this)), m_row(new Plot({}, {}, {}, this)),
      m_second(new Plot({}, {}, {}, this)), m_plots(new QWidget(this)),
      m_plotLayout(new QBoxLayout(QBoxLayout::TopToBottom, m_plots)),
      m_content(new QBoxLayout(QBoxLayout::LeftToRight)), m_jobs(context.waitWhileBusy) {
    setObjectName(QStringLiteral("positionsExperiment"));
    build();
    connect(m_scheme, &Segments::chosen, this, [this](int id) {
        m_scheme->setCurrent(id);
        m_stale = true;
        ask();
    });
    connect(m_view, &Segments::chosen, this, [this](int id) {
        m_view->setCurrent(id);
        showView();
    });
    connect(m_map, &PositionsMap::shownChanged, this, &PositionsExperiment::showCell);
    connect(&m_jobs, &Jobs::changed, this, [this](const JobState& state) {
        if (state.id != m_job || state.kind != JobState::Kind::failed)
            return;
        m_problem = QString::fromStdString(state.message);
        take(nullptr);
    });
    setTheme(m_theme);
    say();
}

PositionsExperiment::~PositionsExperiment() {
    m_messenger.close();
}

void PositionsExperiment::build() {
    m_scheme->setObjectName(QStringLiteral("positionsScheme"));
    for (const PositionScheme scheme : positionSchemes()) {
        const SchemeWords words = wordsOf(scheme);
        const QString origin =
            scheme == PositionScheme::learned ? tr("of this model") : tr("a formula, not from this model");
        m_scheme->add(idOf(scheme), words.name, QStringLiteral("%1\n%2").arg(origin, words.paper));
    }
    m_view->setObjectName(QStringLiteral("positionsView"));
    m_view->add(idOf(PositionsView::terms), tr("terms"), tr("The vectors: a position a row"));
    m_view->add(idOf(PositionsView::dot), tr("dot products"), tr("Of each position with each"));
    m_view->add(idOf(PositionsView::cosine), tr("cosines"),
                tr("Dot products of the vectors brought to length 1"));
    m_origin->setObjectName(QStringLiteral("positionsOrigin"));
    m_formula->setObjectName(QStringLiteral("positionsFormula"));
    m_formula->setTextFormat(Qt::RichText);
    m_reading->setObjectName(QStringLiteral("positionsReading"));
    for (QLabel* label : {m_origin, m_formula, m_reading})
        label->setWordWrap(true);
    m_row->addSeries({});
    m_second->addSeries({});
    m_second->addSeries({});
    m_plotLayout->setContentsMargins(0, 0, 0, 0);
    m_plotLayout->addWidget(m_row);
    m_plotLayout->addWidget(m_second);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->addWidget(m_map, 3);
    m_content->addWidget(m_plots, 2);

    auto* choices = new QWidget(this);
    auto* flow = new FlowLayout(choices, 16, 4);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->addWidget(m_scheme);
    flow->addWidget(m_view);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(choices);
    layout->addWidget(m_origin);
    layout->addWidget(m_formula);
    layout->addLayout(m_content, 1);
    layout->addWidget(m_reading);
}

void PositionsExperiment::setTheme(const Theme& theme) {
    m_theme = theme;
    m_map->setTheme(theme);
    m_row->setTheme(theme);
    m_second->setTheme(theme);
    m_origin->setFont(bold(theme.small));
    m_formula->setFont(theme.small);
    m_reading->setFont(theme.body);
}

void PositionsExperiment::setModel(const std::shared_ptr<const LoadedModel>& model) {
    m_model = model;
    m_stale = true;
    ask();
}

PositionScheme PositionsExperiment::scheme() const {
    return static_cast<PositionScheme>(m_scheme->current());
}

/// As many positions and components as the model has, so that maps can be compared.
PositionSettings PositionsExperiment::settings() const {
    PositionSettings settings;
    if (!m_model)
        return settings;
    const ModelShape& shape = m_model->model->shape();
    settings.positions = std::clamp(shape.maximumTokens, 2, mostPositions);
    if (!shape.stacks.empty()) {
        const StackShape& stack = shape.stacks.front();
        const int width = scheme() == PositionScheme::rotary ? stack.headWidth : stack.width;
        settings.width = std::max(2, width / 2 * 2);
    }
    return settings;
}

void PositionsExperiment::ask() {
    if (!isVisible() || !m_stale)
        return;
    m_stale = false;
    m_problem.clear();
    if (m_job != 0)
        m_jobs.cancel(m_job);
    m_job = 0;
    ++m_asked;
    if (scheme() == PositionScheme::learned && !m_model) {
        m_problem = tr("A recording is shown; open a model to see its positions.");
        return take(nullptr);
    }
    m_job =
        m_jobs.add(tr("Positions"), [this, asked = m_asked, scheme = scheme(), settings = settings(),
                                     model = m_model, messenger = m_messenger](const JobControl& control) {
            const auto terms = std::make_shared<const PositionTerms>(
                scheme == PositionScheme::learned ? positionTermsOf(*model->model, control)
                                                  : positionTerms(scheme, settings, control));
            messenger.post([this, asked, scheme, model, terms] {
                if (asked != m_asked)
                    return;
                m_ofScheme = scheme;
                m_ofModel = model;
                take(terms);
            });
        });
}

void PositionsExperiment::take(const std::shared_ptr<const PositionTerms>& terms) {
    const bool had = m_terms != nullptr;
    m_terms = terms;
    m_view->setVisible(!terms || !terms->terms.empty());
    showView();
    if (had != (terms != nullptr))
        Q_EMIT contentChanged();
}

void PositionsExperiment::showView() {
    m_map->show(m_terms, static_cast<PositionsView>(m_view->current()));
    // Maps of products are square.
    m_content->setStretch(0, m_map->picture().showsProducts() ? 1 : 3);
    m_content->setStretch(1, m_map->picture().showsProducts() ? 1 : 2);
    say();
}

/// Of products, by distance; of terms, what the selected component is at each position.
void PositionsExperiment::showSecondPlot() {
    const PositionsPicture& picture = m_map->picture();
    std::vector<QPointF> line, least, most;
    QString title, axis;
    if (picture.showsProducts()) {
        const bool spreads = m_terms->relativeSpread > noSpread;
        for (const DistanceProduct& at : m_terms->byDistance) {
            line.emplace_back(at.distance, at.mean);
            if (spreads) {
                least.emplace_back(at.distance, at.least);
                most.emplace_back(at.distance, at.most);
            }
        }
        axis = tr("key minus query position");
        title = m_terms->terms.empty() ? tr("Term by distance")
                : spreads              ? tr("Dot product by distance: mean, least, most")
                                       : tr("Dot product by distance");
    } else if (const Tensor<float>* matrix = picture.matrix()) {
        const int shown = picture.shown().column;
        for (int row = 0; row < picture.rows(); ++row)
            line.emplace_back(row, static_cast<double>(matrix->at(row, shown)));
        axis = tr("position");
        title = tr("Component %1").arg(shown);
    }
    m_second->setTitle(title);
    m_second->xAxis->setLabel(axis);
    m_second->setCurve(0, line);
    m_second->setDotted(0, least);
    m_second->setDotted(1, most);
    m_second->refresh();
}

void PositionsExperiment::showCell() {
    const PositionsPicture& picture = m_map->picture();
    m_reading->setText(m_problem.isEmpty() ? picture.reading(picture.shown()) : m_problem);
    std::vector<QPointF> row;
    QString title;
    if (const Tensor<float>* matrix = picture.matrix()) {
        const int shown = picture.shown().row;
        for (int column = 0; column < picture.columns(); ++column)
            row.emplace_back(column, static_cast<double>(matrix->at(shown, column)));
        title = tr("Position %1").arg(shown);
        m_row->xAxis->setLabel(picture.showsProducts() ? tr("key position") : tr("component"));
    }
    m_row->setTitle(title);
    m_row->setCurve(0, row);
    m_row->refresh();
    showSecondPlot();
}

void PositionsExperiment::say() {
    const SchemeWords words = wordsOf(m_terms ? m_ofScheme : scheme());
    const QString formula = QStringLiteral("%1 <i>%2</i>").arg(words.formula, words.paper);
    QString origin;
    if (m_terms && m_terms->ofModel) {
        origin = tr("The model's own numbers: %1 of %2, %3 positions × %4 components.")
                     .arg(QString::fromStdString(m_terms->source),
                          m_ofModel ? QString::fromStdString(m_ofModel->name) : QString())
                     .arg(m_terms->all)
                     .arg(m_terms->width);
        if (m_terms->positions < m_terms->all)
            origin += tr(" The first %1 are shown.").arg(m_terms->positions);
    } else if (m_terms) {
        origin = m_terms->width > 0
                     ? tr("Formula, not from this model: %1 positions, d = %2.")
                           .arg(m_terms->positions)
                           .arg(m_terms->width)
                     : tr("Formula, not from this model: %1 positions.").arg(m_terms->positions);
    }
    m_origin->setText(origin);
    QString text = formula;
    if (m_terms && m_map->picture().showsProducts())
        text +=
            m_terms->relativeSpread <= noSpread
                ? tr(" It depends on the distance of the two positions alone.")
                : tr(" Dot products at one distance differ from their mean by up to %1, %2 % of the largest.")
                      .arg(fourFigures(m_terms->spread))
                      .arg(100 * m_terms->relativeSpread, 0, 'f', 0);
    m_formula->setText(text);
    showCell();
}

void PositionsExperiment::showEvent(QShowEvent* event) {
    Experiment::showEvent(event);
    ask();
}

void PositionsExperiment::resizeEvent(QResizeEvent* event) {
    Experiment::resizeEvent(event);
    const bool wide = width() >= wideFrom;
    m_content->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_plotLayout->setDirection(wide ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_plots->setMaximumHeight(wide ? QWIDGETSIZE_MAX : lowestPlots);
    m_plots->setVisible(wide || height() >= leastForPlots + lowestPlots);
    m_second->setVisible(!wide || height() >= leastForPlots);
}

std::optional<FigureSource> PositionsExperiment::figure() {
    if (!m_terms)
        return std::nullopt;
    PositionsPicture picture = m_map->picture();
    picture.focused = false;
    picture.hovered.reset();
    const QString caption = QStringLiteral("%1 · %2").arg(wordsOf(m_ofScheme).name, m_origin->text());
    const auto paint = [picture, caption](QCPPainter& painter, QSize size) mutable {
        constexpr int captionHeight = 26;
        constexpr int pixelsEach = 2;
        painter.fillRect(QRect(QPoint(0, 0), size), picture.theme.palette.canvas);
        picture.layOut(
            {static_cast<double>(size.width()), static_cast<double>(size.height() - captionHeight)});
        painter.drawImage(picture.map, picture.image((picture.map.size() * pixelsEach).toSize()));
        paintAroundPositions(painter, picture);
        painter.setFont(picture.theme.small);
        painter.setPen(picture.theme.palette.mutedText);
        const QRect line(12, size.height() - captionHeight, size.width() - 24, captionHeight);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(picture.theme.small).elidedText(caption, Qt::ElideRight, line.width()));
    };
    return FigureSource{paint, m_map->size().expandedTo({420, 360}) + QSize(0, 26)};
}

std::optional<NumberTable> PositionsExperiment::numbers() const {
    if (!m_terms)
        return std::nullopt;
    const PositionsPicture& picture = m_map->picture();
    const Tensor<float>& matrix = *picture.matrix();
    NumberTable table;
    table.format = "headlight-positions";
    const char* shown = !picture.showsProducts() ? "terms" : &matrix == &m_terms->cosine ? "cosine" : "dot";
    table.facts = {{"scheme", nameOf(m_terms->scheme)},
                   {"shown", std::string(shown)},
                   {"of_model", TableCell(m_terms->ofModel)},
                   {"tensor", m_terms->source.empty() ? TableCell() : TableCell(m_terms->source)},
                   {"model", m_terms->ofModel && m_model ? TableCell(m_model->name) : TableCell()}};
    table.columns = {"position"};
    for (int column = 0; column < picture.columns(); ++column)
        table.columns.push_back(std::to_string(column));
    for (int row = 0; row < picture.rows(); ++row) {
        std::vector<TableCell> line{static_cast<int64_t>(row)};
        for (int column = 0; column < picture.columns(); ++column)
            line.emplace_back(matrix.at(row, column));
        table.lines.push_back(std::move(line));
    }
    return table;
}

} // namespace headlight
