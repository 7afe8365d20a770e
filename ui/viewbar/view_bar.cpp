#include "ui/viewbar/view_bar.h"

#include "ui/glossary/glossary.h"
#include "ui/viewbar/flow_layout.h"
#include "ui/viewbar/segments.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace headlight {

ViewBar::ViewBar(Selection& selection, ViewOptions& options, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_options(options), m_view(new Segments(tr("Picture"), this)),
      m_axis(new Segments(tr("What is read"), this)), m_scale(new Segments(tr("Scale of the weights"), this)),
      m_scaleButton(new QToolButton(this)), m_label(new QLabel(tr("scale"), this)),
      m_tokens(new QToolButton(this)), m_more(new QToolButton(this)) {
    setObjectName(QStringLiteral("viewBar"));
    const auto axis = [](ReadAxis kind) { return static_cast<int>(kind); };
    m_axis->add(axis(ReadAxis::query), tr("Row"),
                tr("Read a row: what does the word look at? (key C changes)"));
    m_axis->add(axis(ReadAxis::key), tr("Column"),
                tr("Read a column: who looks at the word? (key C changes)"));
    buildScale();
    buildTokens();
    const auto explain = [](QWidget* widget, const char* one, const char* other) {
        widget->setWhatsThis(glossaryTip(QString::fromLatin1(one)) + glossaryTip(QString::fromLatin1(other)));
    };
    explain(m_view, "head", "weight");
    explain(m_axis, "query", "key");
    explain(m_scale, "weight", "softmax");
    explain(m_tokens, "token", "special");
    m_label->setToolTip(glossaryTip(QStringLiteral("weight")));
    m_tokens->setToolTip(m_tokens->whatsThis());

    auto* layout = new FlowLayout(this, 8); // where it does not fit, in two lines rather than cut
    layout->setContentsMargins(0, 5, 16, 5);
    layout->addWidget(m_view);
    layout->addWidget(m_axis);
    m_label->setObjectName(QStringLiteral("barLabel"));
    layout->addWidget(m_label);
    layout->addWidget(m_scale);
    layout->addWidget(m_scaleButton);
    m_scaleButton->hide();
    layout->addWidget(m_tokens);
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_more->setText(tr("More") + QStringLiteral(" ▾"));
    m_more->setAccessibleName(tr("More switches"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMenu(new QMenu(m_more));
    layout->addWidget(m_more);
    m_more->hide();
    for (QWidget* part : std::initializer_list<QWidget*>{m_view, m_axis, m_scale})
        part->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // never half a word

    connect(m_view, &Segments::chosen, this,
            [this](int id) { m_options.setView(static_cast<ViewKind>(id)); });
    connect(m_axis, &Segments::chosen, this,
            [this](int id) { m_selection.setAxis(static_cast<ReadAxis>(id)); });
    connect(&m_selection, &Selection::changed, this, &ViewBar::refresh);
    connect(m_scale, &Segments::chosen, this,
            [this](int id) { m_options.setScale(static_cast<WeightScale>(id)); });
    connect(&m_options, &ViewOptions::changed, this, &ViewBar::refresh);
    refresh();
}

void ViewBar::addView(ViewKind kind, const QString& title, const QString& toolTip, bool hasAxis,
                      bool hasScale) {
    m_view->add(static_cast<int>(kind), title, toolTip);
    m_uses.push_back({kind, hasAxis, hasScale});
    refresh();
}

void ViewBar::buildScale() {
    m_scaleButton->setObjectName(QStringLiteral("scaleButton"));
    m_scaleButton->setPopupMode(QToolButton::InstantPopup);
    m_scaleButton->setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(m_scaleButton);
    menu->setToolTipsVisible(true);
    const auto add = [&](WeightScale kind, const QString& text, const QString& tip) {
        m_scale->add(static_cast<int>(kind), text, tip);
        QAction* action = menu->addAction(text, this, [this, kind] { m_options.setScale(kind); });
        action->setToolTip(tip);
    };
    add(WeightScale::linear, tr("linear"), tr("Twice the weight, twice as far on the scale"));
    add(WeightScale::squareRoot, tr("√"), tr("Square root: small weights become visible"));
    add(WeightScale::logarithmic, tr("log"), tr("Logarithm: very small weights become visible"));
    add(WeightScale::rank, tr("rank"), tr("Only the order of the weights, not their size"));
    m_scaleButton->setMenu(menu);
}

void ViewBar::buildTokens() {
    m_tokens->setObjectName(QStringLiteral("tokensButton"));
    m_tokens->setPopupMode(QToolButton::InstantPopup);
    m_tokens->setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(m_tokens);
    const auto add = [&](const QString& text, const QString& tip, bool ShownTokens::*member) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setToolTip(tip);
        action->setStatusTip(tip);
        connect(action, &QAction::triggered, this, [this, member](bool on) {
            ShownTokens tokens = m_options.tokens();
            tokens.*member = on;
            m_options.setTokens(tokens);
        });
        m_tokenActions << action;
    };
    add(tr("Show special tokens ([CLS], [SEP])"), tr("Tokens that the tokenizer added to the text"),
        &ShownTokens::special);
    add(tr("Show the first token"),
        tr("Weight often rests on the first token when there is nothing to look at"), &ShownTokens::first);
    add(tr("Merge pieces into words"),
        tr("Weights of a key's pieces are added, rows of a query's pieces averaged"),
        &ShownTokens::mergeWords);
    menu->setToolTipsVisible(true);
    m_tokens->setMenu(menu);
}

void ViewBar::setRoom(Room room) {
    m_room = room;
    const bool least = room == Room::least;
    const bool little = least || room == Room::little;
    m_axis->setVisible(!least);
    m_more->setVisible(least && !m_switches.isEmpty());
    for (QToolButton* each : m_switches)
        each->setVisible(!least);
    m_label->setVisible(room == Room::enough);
    m_scale->setVisible(!little);
    m_scaleButton->setVisible(little);
    layout()->setSpacing(little ? 4 : 8);
    layout()->setContentsMargins(0, 5, little ? 4 : 16, 5);
    refresh();
}

void ViewBar::addSwitch(QAction* action) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    button->setObjectName(QStringLiteral("switch"));
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    m_switches << button;
    m_more->menu()->addAction(action);
    setRoom(m_room);
}

void ViewBar::refresh() {
    m_view->setCurrent(static_cast<int>(m_options.view()));
    m_axis->setCurrent(static_cast<int>(m_selection.axis()));
    m_scale->setCurrent(static_cast<int>(m_options.scale()));
    const QString scale = m_scaleButton->menu()->actions()[m_scale->current()]->text();
    m_scaleButton->setText(scale + QStringLiteral(" ▾"));
    m_scaleButton->setAccessibleName(tr("Scale of the weights: %1").arg(scale));
    for (const Uses& uses : m_uses)
        if (uses.kind == m_options.view()) {
            m_axis->setEnabled(uses.axis);
            for (QWidget* part : std::initializer_list<QWidget*>{m_label, m_scale, m_scaleButton})
                part->setEnabled(uses.scale);
        }
    const ShownTokens& tokens = m_options.tokens();
    m_tokenActions[0]->setChecked(tokens.special);
    m_tokenActions[1]->setChecked(tokens.first);
    m_tokenActions[2]->setChecked(tokens.mergeWords);
    const bool hides = !tokens.special || !tokens.first;
    const bool least = m_room == Room::least;
    const QString what = hides && tokens.mergeWords ? (least ? tr("Words, hidden") : tr("Words, some hidden"))
                         : hides                    ? (least ? tr("Some hidden") : tr("Some tokens hidden"))
                         : tokens.mergeWords        ? tr("Words")
                                                    : tr("All tokens");
    m_tokens->setText(what + QStringLiteral(" ▾"));
    m_tokens->setAccessibleName(tr("Tokens shown: %1").arg(what));
}

} // namespace headlight
