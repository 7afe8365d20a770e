#include "ui/derived/derived_view.h"

#include "engine/metrics/flow.h"
#include "ui/look/heatmap_view.h"
#include "ui/paint/token_labels.h"
#include "ui/viewbar/segments.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

namespace {
constexpr int margin = 12;

QString layerName(int layer) {
    return QStringLiteral("L%1").arg(layer);
}
} // namespace

DerivedView::DerivedView(const TraceStore& store, Selection& selection, ViewOptions& options, Jobs* jobs,
                         QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options), m_feed(jobs),
      m_kind(new Segments(tr("Derived map"), this)), m_upTo(new QLabel(tr("up to"), this)),
      m_layer(new QComboBox(this)), m_heads(new QComboBox(this)),
      m_start(new QPushButton(tr("Compute"), this)), m_note(new QLabel(this)),
      m_map(new HeatmapView(store, selection, options, this)) {
    setObjectName(QStringLiteral("derived"));
    setFocusProxy(m_map);
    build();
    connect(&store, &TraceStore::changed, this, &DerivedView::ask);
    connect(&options, &ViewOptions::changed, this, &DerivedView::ask);
    connect(&selection, &Selection::changed, this, &DerivedView::ask);
    connect(&m_feed, &DerivedFeed::changed, this, &DerivedView::showAnswer);
    m_map->setSource([this](const std::shared_ptr<const Trace>&) { return content(); });
    setTheme(m_theme);
}

void DerivedView::build() {
    m_map->setObjectName(QStringLiteral("derivedMap"));
    m_kind->setObjectName(QStringLiteral("derivedKind"));
    m_kind->add(static_cast<int>(DerivedKind::rollout), tr("Rollout"),
                tr("How much of each input token is in a token, if attention and residual connections alone "
                   "carried it"));
    m_kind->add(static_cast<int>(DerivedKind::flow), tr("Attention flow"),
                tr("The most that can flow from a token to each input token, through all layers"));
    m_upTo->setObjectName(QStringLiteral("barLabel"));
    m_layer->setObjectName(QStringLiteral("derivedLayer"));
    m_layer->setAccessibleName(tr("Up to which layer"));
    m_layer->setToolTip(tr("The last layer that counts"));
    m_heads->setObjectName(QStringLiteral("derivedHeads"));
    m_heads->setAccessibleName(tr("Heads that count"));
    m_heads->addItem(tr("all heads"));
    m_heads->setItemData(0, tr("As in the paper: every head of a layer counts alike"), Qt::ToolTipRole);
    m_heads->addItem(tr("selected and pinned"));
    m_heads->setItemData(1,
                         tr("In a layer with the selected or a pinned head, those alone; in other layers "
                            "all heads"),
                         Qt::ToolTipRole);
    m_start->setObjectName(QStringLiteral("derivedStart"));
    m_start->setToolTip(tr("Computes the flow of this text; it can be stopped"));
    m_note->setObjectName(QStringLiteral("derivedNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    for (QComboBox* box : {m_layer, m_heads}) {
        box->setFocusPolicy(Qt::TabFocus);
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    }
    connect(m_kind, &Segments::chosen, this, [this](int kind) {
        change([kind](DerivedChoice& choice) { choice.kind = static_cast<DerivedKind>(kind); });
    });
    connect(m_layer, &QComboBox::activated, this, [this](int index) {
        change([this, index](DerivedChoice& choice) {
            choice.layer = index + 1 == m_layers ? std::nullopt : std::optional(index);
        });
    });
    connect(m_heads, &QComboBox::activated, this, [this](int index) {
        change([index](DerivedChoice& choice) { choice.markedHeads = index == 1; });
    });
    connect(m_start, &QPushButton::clicked, &m_feed, &DerivedFeed::start);

    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    m_kind->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row->addWidget(m_kind);
    row->addWidget(m_upTo);
    row->addWidget(m_layer);
    row->addWidget(m_heads);
    row->addWidget(m_start);
    row->addStretch(1);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(margin - 2, 4, margin, 0);
    top->setSpacing(3);
    top->addLayout(row);
    top->addWidget(m_note);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_map, 1);
}

void DerivedView::setTheme(const Theme& theme) {
    m_theme = theme;
    QPalette ground = palette();
    ground.setColor(QPalette::Window, theme.palette.canvas);
    setPalette(ground);
    setAutoFillBackground(true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_layer, m_heads, m_start, m_note})
        each->setFont(theme.small);
    m_map->setTheme(theme);
}

void DerivedView::change(const std::function<void(DerivedChoice&)>& what) {
    DerivedChoice choice = m_options.derived();
    what(choice);
    m_options.setDerived(choice);
}

void DerivedView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    ask();
}

int DerivedView::lastLayer() const {
    const int layers = m_store.current() ? m_store.current()->layers(m_selection.head().stack) : 0;
    const std::optional<int>& chosen = m_options.derived().layer;
    return std::max(0, std::min(chosen.value_or(layers - 1), layers - 1));
}

void DerivedView::ask() {
    if (isVisible() && m_store.current())
        askNow();
}

void DerivedView::askNow() {
    showChoice();
    const DerivedChoice& choice = m_options.derived();
    const Stack stack = m_selection.head().stack;
    DerivedQuestion question{m_store.current(), stack, choice.kind, {}};
    question.graph.lastLayer = lastLayer();
    if (choice.markedHeads) {
        question.graph.heads.push_back(m_selection.head());
        for (const PinnedHead& each : m_options.pinned())
            if (each.head.stack == stack && each.head != m_selection.head())
                question.graph.heads.push_back(each.head);
        // Heads of layers that do not count change nothing.
        std::erase_if(question.graph.heads,
                      [&](const HeadAddress& head) { return head.layer > *question.graph.lastLayer; });
    }
    m_feed.ask(question, m_selection.markedQuery());
}

void DerivedView::showChoice() {
    const DerivedChoice& choice = m_options.derived();
    m_kind->setCurrent(static_cast<int>(choice.kind));
    const int layers = m_store.current()->layers(m_selection.head().stack);
    if (layers != m_layers) {
        m_layers = layers;
        m_layer->clear();
        for (int layer = 0; layer < layers; ++layer)
            m_layer->addItem(layer + 1 == layers ? tr("%1, last").arg(layerName(layer)) : layerName(layer));
    }
    m_layer->setCurrentIndex(lastLayer());
    m_heads->setCurrentIndex(choice.markedHeads ? 1 : 0);
}

QString DerivedView::note() const {
    // Of the numbers that are shown, also while others are being computed.
    const DerivedQuestion& question = m_numbers ? m_feed.answer().question : m_feed.question();
    const int last = question.graph.lastLayer.value_or(lastLayer());
    QString heads = tr("A the mean of the heads");
    if (!question.graph.heads.empty()) {
        QStringList names;
        for (const HeadAddress& head : question.graph.heads)
            names << headLabel(head);
        heads = tr("A the mean of %1 in their layers, of all heads in others")
                    .arg(names.join(QStringLiteral(", ")));
    }
    const QString from =
        last == 0
            ? tr("Derived from the weights of L0, not a weight of the model")
            : tr("Derived from the weights of L0 to %1, not a weight of the model").arg(layerName(last));
    return question.kind == DerivedKind::rollout
               ? tr("%1: the product of ½ A + ½ I over the layers, %2 (Abnar & Zuidema 2020)")
                     .arg(from, heads)
               : tr("%1: the most that can flow along edges of ½ A + ½ I, %2 (Abnar & Zuidema 2020)")
                     .arg(from, heads);
}

void DerivedView::showAnswer() {
    const DerivedAnswer& answer = m_feed.answer();
    m_numbers.reset();
    if (!answer.cells.empty()) {
        const bool isRollout = answer.question.kind == DerivedKind::rollout;
        MapNumbers numbers;
        numbers.cells = answer.cells;
        numbers.known = answer.known;
        numbers.areShares = isRollout;
        numbers.name = isRollout ? tr("rollout") : tr("flow");
        numbers.queryTitle = tr("token after layer %1").arg(answer.question.graph.lastLayer.value_or(0));
        numbers.keyTitle = tr("input token");
        m_numbers = std::make_shared<const MapNumbers>(std::move(numbers));
    }
    const bool offered = m_feed.state() == DerivedFeed::State::offered;
    m_start->setVisible(offered);
    m_start->setText(answer.known.empty() ? tr("Compute") : tr("Go on"));
    m_note->setText(note());
    m_map->refresh();
}

MapContent DerivedView::content() const {
    const DerivedAnswer& answer = m_feed.answer();
    if (m_numbers)
        return {m_numbers, {}, answer.question.trace};
    if (!answer.problem.isEmpty())
        return {nullptr, answer.problem, nullptr};
    if (m_feed.state() != DerivedFeed::State::offered)
        return {nullptr, tr("computing…"), nullptr};
    const auto tokens = m_feed.question().trace->tokens().size();
    return {
        nullptr,
        tr("The flow between %1 tokens through %2 layers takes a while. Compute starts it; rows appear as "
           "they are found, the selected one first.")
            .arg(tokens)
            .arg(lastLayer() + 1),
        nullptr};
}

void DerivedView::paintFigure(QCPPainter& painter, QSize size) {
    if (!isVisible() && m_store.current())
        askNow();
    painter.fillRect(QRect(QPoint(0, 0), size), m_theme.palette.canvas);
    const QRectF room(margin, 8, size.width() - 2 * margin, size.height());
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.text);
    QRectF written;
    painter.drawText(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, note(), &written);
    HeatmapView map(m_store, m_selection, m_options);
    map.setTheme(m_theme);
    map.setSource([this](const std::shared_ptr<const Trace>&) { return content(); });
    const int top = static_cast<int>(written.bottom()) + 2;
    painter.save();
    painter.translate(0, top);
    map.paintFigure(painter, size - QSize(0, top));
    painter.restore();
}

} // namespace headlight
