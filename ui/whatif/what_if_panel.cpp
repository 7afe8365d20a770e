#include "ui/whatif/what_if_panel.h"

#include "ui/edits/edit_menus.h"
#include "ui/paint/token_labels.h"
#include "ui/viewbar/flow_layout.h"
#include "ui/viewbar/segments.h"
#include "ui/whatif/edit_list.h"
#include "ui/whatif/pattern_choice.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace headlight {

namespace {
constexpr int sliderEnd = 100; ///< the slider counts hundredths of a power of ten, -100 to 100
constexpr double leastTemperature = 0.1;
constexpr double mostTemperature = 10;
constexpr double mostFactor = 100;
constexpr int mostWindow = 512;

int sliderOf(double t) {
    return static_cast<int>(std::lround(std::log10(t) * sliderEnd));
}

/// Two digits behind the point: what is shown is what is used.
double temperatureOf(int slider) {
    return std::round(std::pow(10.0, static_cast<double>(slider) / sliderEnd) * 100) / 100;
}
} // namespace

WhatIfPanel::WhatIfPanel(EditsState& edits, Selection& selection, const TraceStore& store, QWidget* parent)
    : QWidget(parent), m_edits(edits), m_selection(selection), m_store(store),
      m_scope(new Segments(tr("Heads that are changed"), this)),
      m_scale(new Segments(tr("Scaling of the scores"), this)), m_factor(new QDoubleSpinBox(this)),
      m_slider(new QSlider(Qt::Horizontal, this)), m_temperature(new QDoubleSpinBox(this)),
      m_normaliser(new Segments(tr("From scores to weights"), this)), m_draw(new QToolButton(this)),
      m_mask(new Segments(tr("Mask"), this)), m_window(new QSpinBox(this)),
      m_output(new Segments(tr("What the heads say"), this)), m_hide(new QToolButton(this)),
      m_pattern(new PatternChoice(edits, selection, store, this)), m_list(new EditList(edits, store, this)) {
    setObjectName(QStringLiteral("whatIf"));
    setAccessibleName(tr("What if"));
    setAttribute(Qt::WA_StyledBackground);
    buildMore();
    build();
    connect(m_scope, &Segments::chosen, this, &WhatIfPanel::refresh);
    connect(m_output, &Segments::chosen, this, &WhatIfPanel::applyOutput);
    connect(m_hide, &QToolButton::clicked, this, &WhatIfPanel::toggleHidden);
    connect(m_scale, &Segments::chosen, this, &WhatIfPanel::applyScale);
    connect(m_factor, &QDoubleSpinBox::valueChanged, this, [this] { applyScale(factor); });
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { applyTemperature(temperatureOf(value)); });
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &WhatIfPanel::applyTemperature);
    connect(m_normaliser, &Segments::chosen, this, &WhatIfPanel::applyNormaliser);
    connect(m_draw, &QToolButton::clicked, this, [this] {
        const auto* now = m_edits.effective<NormaliserChoice>(m_selection.head());
        apply(NormaliserChoice{NormaliserKind::sampled, (now ? now->seed : 0) + 1}, NormaliserChoice{});
    });
    connect(m_mask, &Segments::chosen, this, &WhatIfPanel::applyMask);
    connect(m_window, &QSpinBox::valueChanged, this, &WhatIfPanel::applyMask);
    connect(&m_edits, &EditsState::changed, this, &WhatIfPanel::refresh);
    connect(&m_selection, &Selection::changed, this, &WhatIfPanel::refresh);
    connect(&m_store, &TraceStore::changed, this, [this] {
        m_list->refresh();
        refresh();
    });
    refresh();
}

QLabel* WhatIfPanel::label(const QString& text) {
    auto* result = new QLabel(text, this);
    result->setObjectName(QStringLiteral("barLabel"));
    return result;
}

void WhatIfPanel::build() {
    m_scope->add(thisHead, tr("this head"), tr("Only the head that is shown"));
    m_scope->add(thisLayer, tr("its layer"), tr("Every head of the layer that is shown"));
    m_scope->add(allHeads, tr("all heads"), tr("Every head of every layer"));
    m_scope->setCurrent(allHeads);
    m_scale->add(trained, tr("× 1/√dₖ"), tr("As the model was trained: scores divided by √dₖ"));
    m_scale->add(none, tr("× 1"), tr("Not scaled: the softmax becomes sharper"));
    m_scale->add(factor, tr("×"), tr("Any factor"));
    m_factor->setRange(-mostFactor, mostFactor);
    m_factor->setDecimals(3);
    m_factor->setSingleStep(0.1);
    m_factor->setValue(0.4); // no model has a d_k of 6.25
    m_factor->setAccessibleName(tr("Factor of the scores"));
    m_slider->setRange(-sliderEnd, sliderEnd);
    m_slider->setPageStep(10);
    m_slider->setMinimumWidth(90);
    m_slider->setAccessibleName(tr("Temperature, logarithmic"));
    m_slider->setToolTip(tr("Scores are divided by it before the softmax: below 1 sharper, above 1 flatter"));
    m_temperature->setRange(leastTemperature, mostTemperature);
    m_temperature->setDecimals(2);
    m_temperature->setSingleStep(0.1);
    m_temperature->setValue(1);
    m_temperature->setAccessibleName(tr("Temperature"));
    for (QAbstractSpinBox* box :
         std::initializer_list<QAbstractSpinBox*>{m_factor, m_temperature, m_window}) {
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // Up and Down keys step
        box->setMinimumWidth(52);
        box->setKeyboardTracking(false);
    }
    const auto id = [](NormaliserKind kind) { return static_cast<int>(kind); };
    m_normaliser->add(id(NormaliserKind::softmax), tr("softmax"), tr("exp(s) / sum of exp(s)"));
    m_normaliser->add(id(NormaliserKind::sparsemax), tr("sparsemax"), tr("Weak keys get exactly 0"));
    m_normaliser->add(id(NormaliserKind::hard), tr("hard"), tr("All the weight on the strongest key"));
    m_normaliser->add(id(NormaliserKind::sampled), tr("sampled"),
                      tr("All the weight on one key, drawn with the softmax as its chances"));
    m_draw->setText(tr("draw again"));
    m_draw->setAccessibleName(tr("Draw other keys"));
    m_draw->setObjectName(QStringLiteral("switch"));
    m_draw->setFocusPolicy(Qt::TabFocus);
    const auto mask = [](MaskKind kind) { return static_cast<int>(kind); };
    m_mask->add(mask(MaskKind::none), tr("none"), tr("Every word may look at every word"));
    m_mask->add(mask(MaskKind::causal), tr("causal"),
                tr("A word may look at itself and what stands before it"));
    m_mask->add(mask(MaskKind::local), tr("local"), tr("A word may look only so many tokens to each side"));
    m_window->setRange(0, mostWindow);
    m_window->setValue(MaskChoice{}.window);
    m_window->setPrefix(tr("± "));
    m_window->setAccessibleName(tr("Width of the local window, in tokens to each side"));

    auto* controls = new QWidget(this);
    auto* flow = new FlowLayout(controls);
    const auto group = [&](std::initializer_list<QWidget*> widgets) {
        auto* together = new QWidget(controls);
        auto* layout = new QHBoxLayout(together);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(6);
        for (QWidget* widget : widgets)
            layout->addWidget(widget);
        flow->addWidget(together);
    };
    group({label(tr("what if, in")), m_scope});
    group({label(tr("scores")), m_scale, m_factor});
    group({label(tr("temperature")), m_slider, m_temperature});
    group({label(tr("weights by")), m_normaliser, m_draw});
    group({label(tr("mask")), m_mask, m_window});
    group({label(tr("heads")), m_output});
    group({label(tr("word")), m_hide});
    flow->addWidget(m_pattern);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 4, 14, 8);
    layout->setSpacing(4);
    layout->addWidget(controls);
    layout->addWidget(m_list);
}

void WhatIfPanel::buildMore() {
    m_output->add(on, tr("on"), tr("The heads say what they say"));
    m_output->add(zero, tr("off: zero"), tr("Switched off: their context is zero, in every row"));
    m_output->add(
        mean, tr("off: mean"),
        tr("Switched off: in every row, the mean of their contexts over this sentence, added tokens "
           "included"));
    m_hide->setObjectName(QStringLiteral("switch"));
    m_hide->setProperty("part", QStringLiteral("hide"));
    m_hide->setCheckable(true);
    m_hide->setFocusPolicy(Qt::TabFocus);
    m_hide->setToolTip(tr("No word may look at it, in the heads chosen at the left"));
}

void WhatIfPanel::setSentences(std::vector<std::string> sentences) {
    m_pattern->setSentences(std::move(sentences));
}

void WhatIfPanel::setTokenizer(std::shared_ptr<const Tokenizer> tokenizer) {
    m_pattern->setTokenizer(std::move(tokenizer));
}

void WhatIfPanel::setTheme(const Theme& theme) {
    setFont(theme.small);
    setStyleSheet(QStringLiteral("QToolButton#removeEdit { padding: 0 6px; } QLabel:disabled { color: %1; }")
                      .arg(theme.palette.mutedText.name()));
}

void WhatIfPanel::takeFocus() {
    m_slider->setFocus();
}

HeadScope WhatIfPanel::scope() const {
    const HeadAddress& head = m_selection.head();
    switch (m_scope->current()) {
    case thisHead:
        return HeadScope::one(head);
    case thisLayer:
        return HeadScope::ofLayer(head.stack, head.layer);
    default:
        return HeadScope::all();
    }
}

template <class Kind>
void WhatIfPanel::apply(const Kind& what, const Kind& own) {
    if (m_refreshing)
        return;
    const Edit edit{scope(), what};
    if (what != own) {
        m_edits.set(edit);
    } else {
        m_edits.remove(edit);
        // Where an edit of all heads still counts, this one is told to do as it was trained.
        const Kind* wider = m_edits.effective<Kind>(m_selection.head());
        if (wider && *wider != own && edit.heads.narrowness() > 0)
            m_edits.set(edit);
    }
    refresh();
}

double WhatIfPanel::ownFactor() const {
    const auto& trace = m_store.current();
    const StackShape* shape = trace ? trace->shape.find(m_selection.head().stack) : nullptr;
    return shape ? 1.0 / std::sqrt(static_cast<double>(shape->headWidth)) : 1.0;
}

void WhatIfPanel::applyScale(int scaling) {
    const double own = ownFactor();
    apply(ScoreScale{scaling == trained ? own : scaling == none ? 1.0 : m_factor->value()}, ScoreScale{own});
}

void WhatIfPanel::applyTemperature(double t) {
    apply(Temperature{t}, Temperature{1});
}

void WhatIfPanel::applyNormaliser() {
    apply(NormaliserChoice{static_cast<NormaliserKind>(m_normaliser->current())}, NormaliserChoice{});
}

MaskChoice WhatIfPanel::ownMask() const {
    return {m_selection.head().stack == Stack::decoder ? MaskKind::causal : MaskKind::none,
            m_window->value()};
}

void WhatIfPanel::applyMask() {
    apply(MaskChoice{static_cast<MaskKind>(m_mask->current()), m_window->value()}, ownMask());
}

/// There is no edit that says "on": what switches these heads off is taken away, and kept for the others.
void WhatIfPanel::applyOutput(int output) {
    if (m_refreshing)
        return;
    if (output != on)
        m_edits.set({scope(), SwitchOff{output == zero ? OffContext::zero : OffContext::sentenceMean}});
    else if (const auto& trace = m_store.current())
        m_edits.setEdits(switchedOn(m_edits.edits(), scope(), trace->shape));
    refresh();
}

int WhatIfPanel::chosenToken() const {
    const auto& trace = m_store.current();
    const int token = m_selection.key() >= 0 ? m_selection.key() : m_selection.markedQuery();
    return trace && token < static_cast<int>(trace->tokens().size()) ? token : -1;
}

void WhatIfPanel::toggleHidden() {
    if (const int token = chosenToken(); token >= 0)
        m_edits.setEdits(
            toggledAll(m_edits.edits(), hidingOf(*m_store.current(), {token, token, false}, scope())));
    refresh();
}

void WhatIfPanel::refreshHidden() {
    const int token = chosenToken();
    const auto& trace = m_store.current();
    const QString word = token >= 0 ? tokenLabel(*trace, token) : QString();
    m_hide->setEnabled(token >= 0);
    m_hide->setText(token >= 0 ? tr("hide “%1”").arg(word) : tr("hide a word"));
    m_hide->setAccessibleName(tr("Hide %1 from the chosen heads").arg(word));
    m_hide->setChecked(token >= 0 && m_edits.has(hidingOf(*trace, {token, token, false}, scope()).front()));
}

void WhatIfPanel::refresh() {
    if (m_refreshing)
        return;
    m_refreshing = true;
    const HeadAddress& head = m_selection.head();
    const auto* scale = m_edits.effective<ScoreScale>(head);
    const bool asTrained = !scale || scale->factor == ownFactor();
    m_scale->setCurrent(asTrained ? trained : scale->factor == 1 ? none : factor);
    if (!asTrained && scale->factor != 1)
        m_factor->setValue(scale->factor);
    m_factor->setVisible(m_scale->current() == factor);
    const auto* temperature = m_edits.effective<Temperature>(head);
    const double t = temperature ? temperature->t : 1;
    if (temperatureOf(m_slider->value()) != t)
        m_slider->setValue(sliderOf(t));
    m_temperature->setValue(t);
    const auto* normaliser = m_edits.effective<NormaliserChoice>(head);
    const NormaliserKind kind = normaliser ? normaliser->normaliser : NormaliserKind::softmax;
    m_normaliser->setCurrent(static_cast<int>(kind));
    m_draw->setVisible(kind == NormaliserKind::sampled);
    const auto* mask = m_edits.effective<MaskChoice>(head);
    const MaskKind maskKind = mask ? mask->mask : ownMask().mask;
    m_mask->setCurrent(static_cast<int>(maskKind));
    if (mask && mask->mask == MaskKind::local)
        m_window->setValue(mask->window);
    m_window->setVisible(maskKind == MaskKind::local);
    const auto* off = m_edits.effective<SwitchOff>(head);
    m_output->setCurrent(!off ? on : off->context == OffContext::zero ? zero : mean);
    refreshHidden();
    m_pattern->refresh();
    m_refreshing = false;
}

} // namespace headlight
