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

namespace headlight {

/// The right side: what the selected word looks at in the selected head, and what the model reads there.
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

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    Theme m_theme = lightTheme();
    std::shared_ptr<const Tokenizer> m_tokenizer;
    RowOrder m_order = RowOrder::strongest;
    quint64 m_shownId =
        0; ///< what the list shows: nothing is read twice for a preview of another cell in the same row
    HeadAddress m_shownHead;
    int m_shownQuery = -2;
    QLabel* m_title;
    QLabel* m_footer;
    QToolButton* m_byWeight;
    QToolButton* m_byPosition;
    RowList* m_list;
    ReadingCard* m_reading;
};

} // namespace headlight
