#pragma once

#include "ui/steps/provenance_model.h"
#include "ui/steps/terms_model.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QToolButton;
class QTreeView;

namespace headlight {

class Segments;

/// "Show this number": one number, how it was made, re-added on the spot with the difference stated; its
/// terms as a table, or all the way down as a tree. At the precision asked for; to be copied and exported.
class NumberPanel : public QWidget {
    Q_OBJECT
public:
    explicit NumberPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Nothing is shown without steps.
    void setNumber(const std::shared_ptr<const ShownSteps>& steps, const Cell& cell);
    void setDigits(int digits);
    int digits() const;
    /// The tree instead of the table.
    void showTree(bool on);
    bool treeShown() const;

    const Cell& cell() const { return m_cell; }
    const Derivation& derivation() const { return m_terms->derivation(); }
    /// "re-added ..., recorded ..., differs by ...".
    QString statement() const;
    TermsModel& terms() { return *m_terms; }
    ProvenanceModel& provenance() { return *m_tree; }
    /// All of it as text with tabs between, for the clipboard.
    QString plainText() const;

Q_SIGNALS:
    void digitsChanged(int digits);
    /// Table or tree.
    void kindChanged();
    /// Menu "Export": "latex", "csv", "json" or "fods".
    void exportWanted(const QString& format);
    /// A factor of a term was double clicked or entered: it is to be shown.
    void numberWanted(const headlight::Cell& cell);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void refresh();
    void placeColumns();

    std::shared_ptr<const ShownSteps> m_steps;
    Cell m_cell;
    Theme m_theme = lightTheme();
    QLabel* m_name = nullptr;
    QLabel* m_value = nullptr;
    QLabel* m_statement = nullptr;
    Segments* m_kind = nullptr;
    QSpinBox* m_digits = nullptr;
    QToolButton* m_copy = nullptr;
    QToolButton* m_export = nullptr;
    QStackedWidget* m_views = nullptr;
    QTableView* m_table = nullptr;
    QTreeView* m_treeView = nullptr;
    TermsModel* m_terms;
    ProvenanceModel* m_tree;
};

} // namespace headlight
