#include "ui/whatif/pattern_choice.h"

#include "engine/text/tokenizer.h"
#include "ui/paint/token_labels.h"
#include "ui/viewbar/segments.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace headlight {

PatternChoice::PatternChoice(EditsState& edits, Selection& selection, const TraceStore& store,
                             QWidget* parent)
    : QWidget(parent), m_edits(edits), m_selection(selection), m_store(store), m_label(new QLabel(this)),
      m_source(new Segments(tr("Pattern of this head"), this)), m_heads(new QComboBox(this)),
      m_text(new QLineEdit(this)), m_examples(new QToolButton(this)), m_menu(new QMenu(this)),
      m_problem(new QLabel(this)) {
    setObjectName(QStringLiteral("patternChoice"));
    build();
    connect(m_source, &Segments::chosen, this, &PatternChoice::choose);
    connect(m_heads, &QComboBox::activated, this, &PatternChoice::chooseHead);
    connect(m_text, &QLineEdit::textEdited, this, &PatternChoice::useSentence);
    connect(m_menu, &QMenu::aboutToShow, this, &PatternChoice::fillSentences);
}

void PatternChoice::build() {
    m_label->setObjectName(QStringLiteral("barLabel"));
    m_label->setTextFormat(Qt::PlainText);
    m_source->add(own, tr("its own"), tr("The head looks where it looks"));
    m_source->add(head, tr("of a head"), tr("The head looks where another head of this sentence looks"));
    m_source->add(sentence, tr("in a sentence"),
                  tr("The head looks where it looked in another sentence of as many tokens (patching)"));
    m_heads->setObjectName(QStringLiteral("patternHead"));
    m_heads->setAccessibleName(tr("Head whose pattern is used"));
    m_heads->setFocusPolicy(Qt::TabFocus);
    m_text->setObjectName(QStringLiteral("patternText"));
    m_text->setAccessibleName(tr("Sentence whose pattern is used"));
    m_text->setPlaceholderText(tr("Type a sentence of as many tokens"));
    m_text->setMinimumWidth(300);
    m_examples->setObjectName(QStringLiteral("switch"));
    m_examples->setProperty("part", QStringLiteral("patternExamples"));
    m_examples->setText(tr("examples ▾"));
    m_examples->setAccessibleName(tr("Example sentences of as many tokens"));
    m_examples->setPopupMode(QToolButton::InstantPopup);
    m_examples->setFocusPolicy(Qt::TabFocus);
    m_examples->setMenu(m_menu);
    m_problem->setObjectName(QStringLiteral("patternProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_label, m_source, m_heads, m_text, m_examples, m_problem})
        layout->addWidget(widget);
}

Edits PatternChoice::withoutPattern() const {
    return withoutEdit(withoutEdit(m_edits.edits(), {scope(), TextPattern{}}), {scope(), BorrowedPattern{}});
}

void PatternChoice::set(const EditKind& what) {
    Edits next = withoutPattern();
    next.push_back({scope(), what});
    m_edits.setEdits(next);
}

void PatternChoice::choose(int source) {
    m_asking.reset();
    if (source == own) {
        m_edits.setEdits(withoutPattern());
    } else if (source == head) {
        fillHeads();
        chooseHead();
    } else {
        const std::vector<std::string> fitting = fittingSentences();
        m_text->setText(fitting.empty() ? QString() : QString::fromStdString(fitting.front()));
        useSentence(m_text->text());
    }
    refresh();
    if (source == sentence)
        m_text->setFocus();
}

void PatternChoice::chooseHead() {
    if (const auto from = parseHeadAddress(m_heads->currentData().toString().toStdString()))
        set(BorrowedPattern{*from});
}

void PatternChoice::useSentence(const QString& text) {
    if (text.trimmed().isEmpty()) {
        m_asking = m_selection.head();
        m_edits.setEdits(withoutPattern());
        return;
    }
    m_asking.reset();
    TextPattern pattern;
    pattern.text = text.toStdString();
    if (const auto& trace = m_store.current())
        pattern.pair = trace->pairText;
    pattern.from = m_selection.head();
    set(pattern);
}

/// Those that the engine can give: of the same stack, of this layer or an earlier one.
void PatternChoice::fillHeads() {
    const HeadAddress shown = m_selection.head();
    const auto& trace = m_store.current();
    const StackShape* shape = trace ? trace->shape.find(shown.stack) : nullptr;
    const QVariant current = m_heads->currentData();
    m_heads->clear();
    for (int layer = shown.layer; shape && layer >= 0; --layer)
        for (int each = 0; each < shape->heads; ++each)
            if (const HeadAddress from{shown.stack, layer, each}; from != shown)
                m_heads->addItem(headLabel(from), QString::fromStdString(toString(from)));
    m_heads->setCurrentIndex(std::max(0, m_heads->findData(current)));
}

std::vector<std::string> PatternChoice::fittingSentences() const {
    const auto& trace = m_store.current();
    std::vector<std::string> fitting;
    if (!trace || !m_tokenizer)
        return fitting;
    for (const std::string& text : m_sentences)
        if (text != trace->text &&
            m_tokenizer->encode(text, trace->pairText, trace->tokens().size() + 1).tokens.size() ==
                trace->tokens().size())
            fitting.push_back(text);
    // Those that differ latest first: a twin with another last word is what one mostly wants.
    const auto common = [&](const std::string& text) {
        return std::mismatch(text.begin(), text.end(), trace->text.begin(), trace->text.end()).first -
               text.begin();
    };
    std::stable_sort(fitting.begin(), fitting.end(), [&](const std::string& one, const std::string& other) {
        return common(one) > common(other);
    });
    return fitting;
}

void PatternChoice::fillSentences() {
    m_menu->clear();
    for (const std::string& text : fittingSentences())
        m_menu->addAction(QString::fromStdString(text), this, [this, text] {
            m_text->setText(QString::fromStdString(text));
            useSentence(m_text->text());
        });
    if (m_menu->isEmpty())
        m_menu->addAction(tr("No example has as many tokens as the text."))->setEnabled(false);
}

void PatternChoice::refresh() {
    m_label->setText(tr("pattern of %1").arg(headLabel(m_selection.head())));
    const auto* borrowed = m_edits.find<BorrowedPattern>(scope());
    const auto* text = m_edits.find<TextPattern>(scope());
    const bool asks = m_asking == m_selection.head();
    const int source = borrowed ? head : text || asks ? sentence : own;
    m_source->setCurrent(source);
    m_heads->setVisible(source == head);
    m_text->setVisible(source == sentence);
    m_examples->setVisible(source == sentence);
    if (borrowed) {
        fillHeads();
        m_heads->setCurrentIndex(m_heads->findData(QString::fromStdString(toString(borrowed->from))));
    }
    if (text && m_text->text() != QString::fromStdString(text->text))
        m_text->setText(QString::fromStdString(text->text));
    const auto& trace = m_store.current();
    QString problem;
    if (text && trace && m_tokenizer) {
        const size_t there = m_tokenizer->encode(text->text, text->pair, 0).tokens.size();
        if (there != trace->tokens().size())
            problem = tr("%1 tokens; %2 are needed").arg(there).arg(trace->tokens().size());
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace headlight
