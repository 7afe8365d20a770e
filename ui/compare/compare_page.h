#pragma once

#include "engine/session/model_session.h"
#include "ui/compare/compared_feed.h"
#include "ui/compare/sentence_twins.h"
#include "ui/session/selection.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPainter;
class QToolButton;

namespace headlight {

class CompareBar;
class CompareView;
class TextEditor;
struct ComparePicture;

/// What the page needs of the window; both outlive it.
struct CompareHooks {
    Runner* runner = nullptr;
    const Document* document = nullptr;
    std::vector<std::string> sentences; ///< worth comparing with each other: the examples
    OtherModelHooks models = {};        ///< for B of another model
};

/// Two attention maps beside each other and their difference. A is what the window shows; B is another head,
/// another sentence, the model without edits, or another model (ViewChoices::compared). Computes nothing
/// while hidden.
class ComparePage : public QWidget {
    Q_OBJECT
public:
    ComparePage(const TraceStore& store, Selection& selection, ViewOptions& options, CompareHooks hooks,
                QWidget* parent = nullptr);

    /// Its buttons, for the row of the tabs.
    QWidget* bar() const;
    void setTheme(const Theme& theme);
    void setModel();
    const ComparePicture& picture() const;
    /// Writes the numbers of what is shown; what it returns may be called on any thread. Empty while there
    /// are none.
    std::function<void(const Workspace& workspace, const std::filesystem::path& path)> numbers() const;
    /// The page as a figure.
    void paintFigure(QPainter& painter, QSize size) const;

    QSize minimumSizeHint() const override { return {480, 320}; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// What the shown comparison was made of.
    struct Made {
        std::shared_ptr<const Trace> a, b;
        HeadAddress headA, headB;
        ShownTokens tokens;
        friend bool operator==(const Made&, const Made&) = default;
    };
    void build();
    void refresh();
    void compare();
    void showSides();
    void fillHeads(const Trace& a);
    /// The head of B; that of A, or the first one, where B has none such.
    HeadAddress headOfB(const Trace& b) const;
    void buildModels();
    void fillModels();
    void chooseModel(const std::string& nameOrFolder);
    void takeModel(const ModelReference& model);
    void chooseFolder();
    void tell();
    void chooseTwin();
    void chooseSimilar();
    void chooseHead(int index);
    void takeText();
    void change(const std::function<void(ComparedWith&)>& what);
    std::optional<SentenceTwin> twin() const;

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    CompareHooks m_hooks;
    ComparedFeed m_feed;
    Made m_made;
    QString m_problem;
    Theme m_theme = lightTheme();
    std::vector<HeadAddress> m_listed; ///< the heads of the list, from its second entry on
    bool m_showing = false;            ///< controls are being set

    CompareBar* m_bar;
    QLabel* m_letterA;
    QLabel* m_letterB;
    QToolButton* m_modelB;
    QLabel* m_textA;
    QLabel* m_headA;
    QLabel* m_editsA;
    TextEditor* m_textB;
    QToolButton* m_sameText;
    QComboBox* m_headB;
    QToolButton* m_unedited;
    QLabel* m_summary;
    CompareView* m_view;
    QLabel* m_cell;
    QLabel* m_row;
};

} // namespace headlight
