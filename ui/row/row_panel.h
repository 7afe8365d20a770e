#pragma once

#include "engine/text/tokenizer.h"
#include "ui/evidence/evidence_feed.h"
#include "ui/row/evidence_card.h"
#include "ui/row/reading_card.h"
#include "ui/row/row_list.h"
#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include <memory>
#include <optional>
#include <utility>

namespace headlight {

/// The right side: what the selected word looks at in the selected head, or who looks at it, and what the
/// model reads there.
class RowPanel : public QWidget {
    Q_OBJECT
public:
    RowPanel(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// For the spelling of readings.
    void setTokenizer(std::shared_ptr<const Tokenizer> tokenizer);
    /// What measures while the options want evidence, and what an edge is deleted in. Both outlive the panel.
    void setEvidence(EvidenceFeed& feed, EditsState& edits);
    void setOrder(RowOrder order);
    RowOrder order() const { return m_order; }
    QString title() const { return m_title->text(); }
    QString footer() const { return m_footer->text(); }

Q_SIGNALS:
    /// A heading was clicked: its word in the glossary.
    void explanationWanted(const QString& term);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void refresh();
    void refreshReading(const Trace& trace, int query);
    QString title(const RowContent& content, const HeadAddress& head) const;
    QString footer(const RowContent& content) const;
    QString effectInWords(const Trace& trace, const RowContent& content, const HeadAddress& head) const;

    // Evidence, in row_evidence.cpp.
    bool wantsEvidence() const { return m_feed && m_options.evidence().shown; }
    /// Asks for what is to be measured of this row, and shows the card.
    void refreshEvidence(const std::shared_ptr<const Trace>& trace, const HeadAddress& head);
    /// With evidence, which is taller, the order stands beside what is read.
    void arrangeSwitches();
    QString evidenceFooter(const RowContent& content) const;
    Edit deletionOf(int key) const;
    bool isDeleted(int key) const;
    void offerEdge(int key, const QPoint& globalPlace);
    void toggleEdge(int key);

    /// What the list shows: nothing is read twice for a preview of another cell in the same row.
    struct Shown {
        quint64 id = 0;
        HeadAddress head;
        ReadAxis axis = ReadAxis::query;
        int token = -2;
        ShownTokens tokens;
        bool evidence = false;
        std::shared_ptr<const TruthColumn> truth;
        QString problem;
        int percent = -1; ///< measured so far; -1: not told
        friend bool operator==(const Shown&, const Shown&) = default;
    };

    /// What the evidence card shows.
    struct ShownCard {
        quint64 id = 0;
        int query = -2;
        ChosenOutput output;
        bool chosen = false;
        HeadAddress head;
        std::shared_ptr<const OutputPaths> paths;
        const Tokenizer* tokenizer = nullptr;
        friend bool operator==(const ShownCard&, const ShownCard&) = default;
    };

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    Theme m_theme = lightTheme();
    std::shared_ptr<const Tokenizer> m_tokenizer;
    RowOrder m_order = RowOrder::strongest;
    Shown m_shown;
    std::pair<quint64, int> m_shownReading{0, -2}; ///< of which trace and token the card is
    QToolButton* m_byQuery;
    QToolButton* m_byKey;
    QLabel* m_title;
    QLabel* m_footer;
    QToolButton* m_byWeight;
    QToolButton* m_byPosition;
    QWidget* m_orderBox;           ///< by weight or by position
    QLayout* m_topRow = nullptr;   ///< one of the places of it
    QLayout* m_orderRow = nullptr; ///< the other one
    RowList* m_list;
    ReadingCard* m_reading;
    EvidenceCard* m_evidence;
    EvidenceFeed* m_feed = nullptr;
    EditsState* m_edits = nullptr;
    std::optional<ChosenOutput> m_output; ///< that is measured
    ShownCard m_shownCard;
};

} // namespace headlight
