#include "ui/row/evidence_card.h"

#include "ui/glossary/glossary.h"
#include "ui/row/reading_card.h"
#include "ui/row/truth_words.h"
#include "ui/viewbar/flow_layout.h"
#include "ui/viewbar/segments.h"

#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace headlight {

bool operator==(const EvidenceContent& one, const EvidenceContent& other) {
    const auto same = [](const Reading& a, const Reading& b) {
        return a.id == b.id && a.piece == b.piece && a.probability == b.probability;
    };
    return one.word == other.word && one.output == other.output && one.piece == other.piece &&
           one.chosen == other.chosen && one.value == other.value && one.before == other.before &&
           one.change == other.change && one.paths == other.paths && one.head == other.head &&
           std::equal(one.readings.begin(), one.readings.end(), other.readings.begin(), other.readings.end(),
                      same);
}

EvidenceCard::EvidenceCard(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_output(new QToolButton(this)), m_value(new QLabel(this)),
      m_part(new Segments(tr("What the answer is made of"), this)), m_list(new EvidenceList(this)),
      m_caption(new QLabel(this)) {
    setObjectName(QStringLiteral("evidence"));
    setAccessibleName(tr("What the answer is made of"));
    for (QLabel* label : {m_title, m_value, m_caption})
        label->setTextFormat(Qt::PlainText);
    m_value->setObjectName(QStringLiteral("evidenceValue"));
    m_caption->setObjectName(QStringLiteral("evidenceCaption"));
    m_output->setObjectName(QStringLiteral("outputButton"));
    m_output->setPopupMode(QToolButton::InstantPopup);
    m_output->setFocusPolicy(Qt::TabFocus);
    m_output->setMenu(new QMenu(m_output));
    m_part->add(layers, tr("logit lens"),
                tr("What the model would read here if it ended after each layer: the logit lens"));
    m_part->add(parts, tr("attribution"),
                tr("Direct logit attribution: what each head and each other part wrote into this logit"));
    m_part->setCurrent(layers);
    m_title->setObjectName(QStringLiteral("evidenceTitle"));
    m_part->setWhatsThis(glossaryTip(QStringLiteral("lens")) + glossaryTip(QStringLiteral("direct")));
    auto* top = new FlowLayout(nullptr, 8, 2);
    for (QWidget* each : std::initializer_list<QWidget*>{m_title, m_output, m_value})
        top->addWidget(each);
    auto* middle = new FlowLayout(nullptr, 8, 2);
    middle->addWidget(m_part);
    middle->addWidget(m_caption);
    auto* layout = new QVBoxLayout(this);
    constexpr int side = 12;
    layout->setContentsMargins(side, 8, side, 8);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addLayout(middle);
    layout->addWidget(m_list, 1);
    connect(m_part, &Segments::chosen, this, [this](int id) {
        m_part->setCurrent(id);
        showList();
    });
    connect(m_list, &EvidenceList::headChosen, this, &EvidenceCard::headChosen);
}

void EvidenceCard::setTheme(const Theme& theme) {
    m_theme = theme;
    m_title->setFont(bold(theme.small));
    m_value->setFont(theme.small);
    m_caption->setFont(theme.small);
    m_output->setFont(theme.heading);
    m_list->setTheme(theme);
    update();
}

void EvidenceCard::setContent(EvidenceContent content) {
    if (content == m_content)
        return;
    const bool sameList = content.paths == m_content.paths && content.head == m_content.head;
    m_content = std::move(content);
    showOutput();
    if (!sameList)
        showList();
}

void EvidenceCard::showOutput() {
    m_title->setText(tr("Reads “%1” as").arg(m_content.word));
    double probability = 0;
    QMenu* menu = m_output->menu();
    menu->clear();
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const QString& piece, bool on) {
        QAction* action = menu->addAction(text, this, [this, piece] { Q_EMIT outputChosen(piece); });
        action->setCheckable(true);
        action->setChecked(on);
        group->addAction(action);
    };
    add(tr("always the best reading"), {}, !m_content.chosen);
    menu->addSeparator();
    for (const Reading& reading : m_content.readings) {
        const QString piece = QString::fromStdString(reading.piece);
        add(piece + QStringLiteral("   ") + percentText(reading.probability), piece,
            m_content.chosen && reading.id == m_content.output);
        if (reading.id == m_content.output)
            probability = reading.probability;
    }
    const QString share = probability > 0 ? QLatin1Char(' ') + percentText(probability) : QString();
    m_output->setText(m_content.piece + share + QStringLiteral(" ▾"));
    m_output->setAccessibleName(tr("Output that is measured: %1%2").arg(m_content.piece, share));
    m_output->setToolTip(tr("The output that is measured: choose another reading"));
    QString value;
    if (m_content.value)
        value = tr("log-odds %1").arg(changeText(*m_content.value));
    if (m_content.value && m_content.before && m_content.change)
        value = tr("log-odds %1, unchanged %2, change %3")
                    .arg(changeText(*m_content.value), changeText(*m_content.before),
                         changeText(*m_content.change));
    m_value->setText(value);
    m_value->setVisible(!value.isEmpty());
}

void EvidenceCard::showList() {
    const OutputPaths* paths = m_content.paths.get();
    const bool byLayer = m_part->current() == layers;
    if (!paths)
        m_list->showNothing();
    else if (byLayer)
        m_list->showLens(paths->lens);
    else if (paths->paths)
        m_list->showPaths(*paths->paths, m_content.head.stack, m_content.head);
    else
        m_list->showNothing();
    const bool cannot = paths && (byLayer ? paths->lens.empty() : !paths->paths);
    m_caption->setText(!paths    ? QStringLiteral("…")
                       : cannot  ? tr("this model cannot say")
                       : byLayer ? tr("nostalgebraist 2020")
                                 : tr("Elhage et al. 2021"));
    m_caption->setToolTip(glossaryTip(byLayer ? QStringLiteral("lens") : QStringLiteral("direct")));
}

void EvidenceCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    constexpr int tall = 190; // below, the list needs the line; the tip of the switch names the paper
    m_caption->setVisible(height() >= tall);
}

void EvidenceCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.palette.accentSoft);
    painter.drawRoundedRect(QRectF(rect()), 9, 9);
}

} // namespace headlight
