#pragma once

#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace headlight {

class Segments;
class Tokenizer;

/// Whose pattern the shown head uses: its own, that of another head of this sentence, or its own on another
/// sentence (patching from sentence B). Patterns fit only between sentences of equally many tokens; the
/// examples that fit are offered, and one that does not is told.
class PatternChoice : public QWidget {
    Q_OBJECT
public:
    PatternChoice(EditsState& edits, Selection& selection, const TraceStore& store,
                  QWidget* parent = nullptr);

    /// Sentences to choose from.
    void setSentences(std::vector<std::string> sentences) { m_sentences = std::move(sentences); }
    void setTokenizer(std::shared_ptr<const Tokenizer> tokenizer) { m_tokenizer = std::move(tokenizer); }
    /// To be called when edits, selection or trace have changed.
    void refresh();

private:
    enum Source { own, head, sentence };
    void build();
    void choose(int source);
    void chooseHead();
    void useSentence(const QString& text);
    void fillHeads();
    void fillSentences();
    /// Those that have as many tokens as the text, and are not it.
    std::vector<std::string> fittingSentences() const;
    Edits withoutPattern() const;
    /// In place of any pattern that the head had.
    void set(const EditKind& what);
    HeadScope scope() const { return HeadScope::one(m_selection.head()); }

    EditsState& m_edits;
    Selection& m_selection;
    const TraceStore& m_store;
    std::vector<std::string> m_sentences;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    QLabel* m_label;
    Segments* m_source;
    QComboBox* m_heads;
    QLineEdit* m_text;
    QToolButton* m_examples;
    QMenu* m_menu;
    QLabel* m_problem;
    std::optional<HeadAddress> m_asking; ///< the head whose sentence is still to be typed
};

} // namespace headlight
