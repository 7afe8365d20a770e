// What the panel shows while evidence is wanted: the truth column, the card of the answer, deleting an edge.
#include "ui/paint/token_labels.h"
#include "ui/row/row_panel.h"
#include "ui/row/truth_words.h"

#include <QLayout>
#include <QMenu>

#include <algorithm>

namespace headlight {

namespace {
constexpr int readingsToChoose = 5;
}

void RowPanel::setEvidence(EvidenceFeed& feed, EditsState& edits) {
    m_feed = &feed;
    m_edits = &edits;
    connect(&feed, &EvidenceFeed::changed, this, &RowPanel::refresh);
    connect(m_list, &RowList::edgeMenuWanted, this, &RowPanel::offerEdge);
    connect(m_list, &RowList::edgeDeletionWanted, this, &RowPanel::toggleEdge);
    connect(m_evidence, &EvidenceCard::headChosen, this,
            [this](const HeadAddress& head) { m_selection.setHead(head); });
    connect(m_evidence, &EvidenceCard::outputChosen, this, [this](const QString& piece) {
        EvidenceChoice choice = m_options.evidence();
        choice.output = piece.toStdString();
        m_options.setEvidence(choice);
    });
    refresh();
}

void RowPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    if (m_feed)
        m_feed->rest();
}

void RowPanel::arrangeSwitches() {
    const bool evidence = wantsEvidence();
    QLayout* place = evidence ? m_topRow : m_orderRow;
    if (place->indexOf(m_orderBox) >= 0)
        return;
    (evidence ? m_orderRow : m_topRow)->removeWidget(m_orderBox);
    place->addWidget(m_orderBox);
    m_byWeight->setText(evidence ? tr("strongest") : tr("strongest first"));
    m_byPosition->setText(evidence ? tr("position") : tr("by position"));
}

void RowPanel::refreshEvidence(const std::shared_ptr<const Trace>& trace, const HeadAddress& head) {
    m_output.reset();
    arrangeSwitches();
    const int query = m_selection.shownQuery();
    if (wantsEvidence() && trace && query >= 0)
        m_output = m_feed->outputFor(*trace, query, m_options.evidence().output);
    m_reading->setVisible(!wantsEvidence() && m_reading->hasReadings());
    m_evidence->setVisible(m_output.has_value());
    if (!m_output) {
        if (m_feed)
            m_feed->rest();
        return;
    }
    const bool inPassing = head != m_selection.head() || query != m_selection.markedQuery();
    m_feed->ask(trace, {head, query, *m_output}, m_selection.axis() == ReadAxis::query, inPassing);
    const ShownCard shown{
        m_store.id(), query,           *m_output,        !m_options.evidence().output.empty(),
        head,         m_feed->paths(), m_tokenizer.get()};
    if (shown == m_shownCard)
        return;
    m_shownCard = shown;
    EvidenceContent content;
    content.word = tokenLabel(*trace, query);
    content.output = m_output->id;
    content.chosen = shown.chosen;
    if (m_tokenizer) {
        content.readings = readings(*trace, *m_tokenizer, query, readingsToChoose);
        content.piece = QString::fromStdString(std::string(m_tokenizer->piece(m_output->id)));
    }
    content.value = outputValue(*trace, *m_output);
    if (trace->baseline)
        content.before = outputValue(*trace->baseline, *m_output);
    content.change = outputChange(*trace, *m_output);
    content.paths = shown.paths;
    content.head = head;
    m_evidence->setContent(std::move(content));
}

QString RowPanel::evidenceFooter(const RowContent& content) const {
    QStringList lines;
    if (!m_shown.problem.isEmpty())
        lines << m_shown.problem;
    else if (content.axis == ReadAxis::key)
        lines << tr("Edges are measured in rows: key C reads the row.");
    else if (content.of != content.ofLast)
        lines << tr("Pieces of a word are merged; show them apart to measure an edge.");
    else if (!m_output)
        lines << tr("Nothing can be measured: what the model reads was not recorded.");
    else if (content.truth == TruthState::waiting && m_shown.percent >= 0)
        lines << tr("Measuring: %1 %").arg(m_shown.percent);
    else
        lines << tr("change of the log-odds of “%1” without the edge").arg(m_evidence->content().piece);
    const auto has = [&](EdgeVerdict verdict) {
        return std::any_of(content.lines.begin(), content.lines.end(),
                           [&](const RowLine& line) { return line.truth && line.truth->verdict == verdict; });
    };
    for (const EdgeVerdict verdict : {EdgeVerdict::overrated, EdgeVerdict::underrated})
        if (has(verdict)) {
            QString words = verdictMark(verdict) + QLatin1Char(' ') + verdictWords(verdict);
            words.replace(QLatin1Char(' '), QChar(QChar::Nbsp)); // no line is broken within them
            lines.back() += QStringLiteral(" · ") + words;
        }
    constexpr int tall = 480; // below, the list needs the lines
    if (height() >= tall)
        lines << tr(
            "Looking need not explain (Jain & Wallace 2019); its effect can be measured (Wiegreffe & Pinter "
            "2019).");
    return lines.join(QLatin1Char('\n'));
}

Edit RowPanel::deletionOf(int key) const {
    const Trace& trace = *m_store.current();
    const auto token = [&](int index) {
        return EditToken::of(trace.tokens(), index,
                             trace.spelling(trace.tokens()[static_cast<size_t>(index)]));
    };
    PaintedWeight deletion;
    deletion.query = token(m_selection.markedQuery());
    deletion.key = token(key);
    return {HeadScope::one(m_selection.head()), deletion};
}

bool RowPanel::isDeleted(int key) const {
    const Edit deletion = deletionOf(key);
    const Edits& edits = m_edits->edits();
    return std::any_of(edits.begin(), edits.end(), [&](const Edit& each) {
        const auto* painted = std::get_if<PaintedWeight>(&each.what);
        return painted && painted->paint == WeightPaint::set && painted->value == 0 && !isDormant(each) &&
               sameTarget(each, deletion);
    });
}

void RowPanel::toggleEdge(int key) {
    const Trace* trace = m_store.current().get();
    const auto isThere = [&](int index) { return index >= 0 && index < std::ssize(trace->tokens()); };
    if (!trace || !isThere(key) || !isThere(m_selection.markedQuery()))
        return;
    if (isDeleted(key))
        m_edits->remove(deletionOf(key));
    else
        m_edits->set(deletionOf(key));
}

void RowPanel::offerEdge(int key, const QPoint& globalPlace) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("edgeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const Trace& trace = *m_store.current();
    const QString edge =
        tr("“%1” → “%2”").arg(tokenLabel(trace, m_selection.markedQuery()), tokenLabel(trace, key));
    QAction* action = menu->addAction(isDeleted(key) ? tr("Put the edge %1 back").arg(edge)
                                                     : tr("Delete the edge %1").arg(edge),
                                      this, [this, key] { toggleEdge(key); });
    action->setShortcut(Qt::Key_Delete);
    const Edits& edits = m_edits->edits();
    const bool shares = std::any_of(edits.begin(), edits.end(), [&](const Edit& each) {
        const auto* painted = std::get_if<PaintedWeight>(&each.what);
        return painted && painted->renormalise && !isDormant(each) &&
               painted->query == std::get<PaintedWeight>(deletionOf(key).what).query;
    });
    action->setToolTip(
        shares
            ? tr("Its weight is set to 0 in this head; another edit of the row makes the rest share what is "
                 "left of 1, so the effect is not the measured change")
            : tr("Its weight is set to 0 in this head, the other weights of the row stay; the model runs "
                 "again"));
    menu->setActiveAction(action);
    menu->popup(globalPlace);
}

} // namespace headlight
