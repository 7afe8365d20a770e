#pragma once

#include "engine/text/tokenizer.h"
#include "ui/row/reading_card.h"
#include "ui/row/row_list.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include <memory>
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
    void setOrder(RowOrder order);
    RowOrder order() const { return m_order; }
    QString title() const { return m_title->text(); }
    QString footer() const { return m_footer->text(); }

Q_SIGNALS:
    /// A heading was clicked: its word in the glossary.
    void explanationWanted(const QString& term);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void refresh();
    void refreshReading(const Trace& trace, int query);
    QString title(const RowContent& content, const HeadAddress& head) const;
    QString footer(const RowContent& content) const;
    QString effectInWords(const Trace& trace, const RowContent& content, const HeadAddress& head) const;

    /// What the list shows: nothing is read twice for a preview of another cell in the same row.
    struct Shown {
        quint64 id = 0;
        HeadAddress head;
        ReadAxis axis = ReadAxis::query;
        int token = -2;
        ShownTokens tokens;
        friend bool operator==(const Shown&, const Shown&) = default;
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
    RowList* m_list;
    ReadingCard* m_reading;
};

} // namespace headlight
