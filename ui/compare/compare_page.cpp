#include "ui/compare/compare_page.h"

#include "engine/files/for_others.h"
#include "engine/metrics/similarity.h"
#include "ui/compare/compare_bar.h"
#include "ui/compare/compare_numbers.h"
#include "ui/compare/compare_view.h"
#include "ui/compare/compare_words.h"
#include "ui/editor/text_editor.h"
#include "ui/glossary/glossary.h"
#include "ui/paint/edit_words.h"
#include "ui/paint/token_labels.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

namespace {
QLabel* plainLabel(const char* name, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    return label;
}
} // namespace

ComparePage::ComparePage(const TraceStore& store, Selection& selection, ViewOptions& options,
                         CompareHooks hooks, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options), m_hooks(std::move(hooks)),
      m_feed(store, options, *m_hooks.document, *m_hooks.runner, m_hooks.models),
      m_bar(new CompareBar(parent)), m_letterA(plainLabel("compareLetter", this)),
      m_letterB(plainLabel("compareLetter", this)), m_modelB(new QToolButton(this)),
      m_textA(plainLabel("compareTextA", this)), m_headA(plainLabel("compareHeadA", this)),
      m_editsA(plainLabel("compareEditsA", this)), m_textB(new TextEditor(this)),
      m_sameText(new QToolButton(this)), m_headB(new QComboBox(this)), m_unedited(new QToolButton(this)),
      m_summary(plainLabel("compareSummary", this)), m_view(new CompareView(selection, this)),
      m_cell(plainLabel("compareCell", this)), m_row(plainLabel("rowFooter", this)) {
    setObjectName(QStringLiteral("comparePage"));
    setFocusProxy(m_view);
    buildModels();
    build();
    connect(&store, &TraceStore::changed, this, &ComparePage::refresh);
    connect(&selection, &Selection::changed, this, &ComparePage::refresh);
    connect(&selection, &Selection::hoverChanged, this, [this] {
        if (m_made.headA != m_selection.shownHead())
            refresh(); // a thumbnail is previewed
    });
    connect(&options, &ViewOptions::changed, this, &ComparePage::refresh);
    connect(&m_feed, &ComparedFeed::changed, this, &ComparePage::refresh);
    connect(&m_feed.other(), &OtherModel::opened, this, &ComparePage::takeModel);
    connect(&m_feed.other(), &OtherModel::refused, m_summary, &QLabel::setText);
    connect(m_bar, &CompareBar::twinWanted, this, &ComparePage::chooseTwin);
    connect(m_bar, &CompareBar::similarWanted, this, &ComparePage::chooseSimilar);
    connect(m_bar, &CompareBar::beforeWanted, this, [this] {
        m_options.setCompared({std::nullopt, std::nullopt, true});
    });
    connect(m_view, &CompareView::told, this, &ComparePage::tell);
    connect(m_textB, &QPlainTextEdit::textChanged, this, &ComparePage::takeText);
    connect(m_sameText, &QToolButton::clicked, this,
            [this] { change([](ComparedWith& with) { with.text.reset(); }); });
    connect(m_headB, &QComboBox::activated, this, &ComparePage::chooseHead);
    connect(m_unedited, &QToolButton::clicked, this,
            [this](bool on) { change([on](ComparedWith& with) { with.unedited = on; }); });
    setTheme(m_theme);
}

void ComparePage::build() {
    m_textA->setContentsMargins(12, 0, 0, 0); // above the letters of the text below
    m_textA->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_textA->setAccessibleName(tr("Sentence of A"));
    m_textB->setObjectName(QStringLiteral("compareText"));
    m_textB->setAccessibleName(tr("Sentence of B"));
    m_textB->setPlaceholderText(tr("Type a sentence to compare with"));
    m_sameText->setObjectName(QStringLiteral("compareSameText"));
    m_sameText->setText(tr("as A"));
    m_sameText->setToolTip(tr("B reads the sentence of A again"));
    m_headB->setObjectName(QStringLiteral("compareHead"));
    m_headB->setAccessibleName(tr("Head of B"));
    m_headB->setToolTip(tr("The head that stands beside"));
    m_headB->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_headB->setMaxVisibleItems(24);
    m_unedited->setObjectName(QStringLiteral("compareUnedited"));
    m_unedited->setText(tr("without edits"));
    m_unedited->setToolTip(tr("B is read by the model as it is, without what was changed under What if"));
    m_unedited->setCheckable(true);
    for (QToolButton* button : {m_sameText, m_unedited}) {
        button->setProperty("preset", true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_summary->setWordWrap(true);
    m_summary->setToolTip(glossaryTip(QStringLiteral("divergence")));
    m_row->setToolTip(m_summary->toolTip());
    m_row->setWordWrap(true);

    auto* sides = new QGridLayout;
    sides->setHorizontalSpacing(12);
    sides->setVerticalSpacing(2);
    sides->addWidget(m_letterA, 0, 0);
    sides->addWidget(m_textA, 0, 1);
    sides->addWidget(m_headA, 0, 3);
    sides->addWidget(m_editsA, 0, 4);
    auto* sideB = new QHBoxLayout;
    sideB->setSpacing(8);
    sideB->addWidget(m_letterB);
    sideB->addWidget(m_modelB);
    sideB->addStretch(1);
    sides->addLayout(sideB, 1, 0);
    sides->addWidget(m_textB, 1, 1);
    sides->addWidget(m_sameText, 1, 2);
    sides->addWidget(m_headB, 1, 3);
    sides->addWidget(m_unedited, 1, 4);
    sides->setColumnStretch(1, 1);
    auto* told = new QHBoxLayout;
    told->setSpacing(28);
    told->addWidget(m_cell);
    told->addWidget(m_row, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 4, 16, 6);
    layout->setSpacing(4);
    layout->addLayout(sides);
    layout->addWidget(m_summary);
    layout->addWidget(m_view, 1);
    layout->addLayout(told);
    setTabOrder(m_modelB, m_textB);
    setTabOrder(m_textB, m_sameText);
    setTabOrder(m_sameText, m_headB);
    setTabOrder(m_headB, m_unedited);
    setTabOrder(m_unedited, m_view);
}

void ComparePage::buildModels() {
    m_modelB->setObjectName(QStringLiteral("compareModel"));
    m_modelB->setPopupMode(QToolButton::InstantPopup);
    m_modelB->setFocusPolicy(Qt::TabFocus);
    m_modelB->setToolTip(tr("The model that reads B"));
    m_modelB->setVisible(static_cast<bool>(m_hooks.models.load));
    auto* menu = new QMenu(m_modelB);
    connect(menu, &QMenu::aboutToShow, this, &ComparePage::fillModels);
    m_modelB->setMenu(menu);
    fillModels();
}

void ComparePage::fillModels() {
    QMenu* menu = m_modelB->menu();
    menu->clear();
    const std::optional<ModelReference>& chosen = m_options.compared().model;
    const auto add = [&](const QString& text, bool on, auto what) {
        QAction* action = menu->addAction(text, this, what);
        action->setCheckable(true);
        action->setChecked(on);
    };
    add(tr("the model of A"), !chosen, [this] {
        m_feed.other().giveUpOpening();
        change([](ComparedWith& with) { with.model.reset(); });
    });
    menu->addSeparator();
    bool isListed = false;
    for (const std::string& name : m_hooks.models.bundled) {
        const bool on = chosen && chosen->name == name;
        isListed = isListed || on;
        add(QString::fromStdString(name), on, [this, name] { chooseModel(name); });
    }
    if (chosen && !isListed) {
        const std::string name = chosen->name;
        add(QString::fromStdString(name), true, [this, name] { chooseModel(name); });
    }
    menu->addSeparator();
    menu->addAction(tr("Open model folder…"), this, &ComparePage::chooseFolder);
}

void ComparePage::chooseModel(const std::string& nameOrFolder) {
    m_feed.other().open(nameOrFolder);
}

void ComparePage::takeModel(const ModelReference& model) {
    change([&](ComparedWith& with) {
        with.model = model;
        with.head.reset(); // heads of one model are none of another
    });
}

void ComparePage::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Open model folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { chooseModel(folder.toStdString()); });
    dialog->open();
}

QWidget* ComparePage::bar() const {
    return m_bar;
}

void ComparePage::setTheme(const Theme& theme) {
    m_theme = theme;
    Theme small = theme;
    small.editor = theme.body; // not the main thing on the page
    m_textB->setTheme(small);
    for (QLabel* label : {m_letterA, m_letterB, m_cell})
        label->setFont(theme.heading);
    for (QLabel* label : {m_textA, m_headA, m_editsA, m_summary})
        label->setFont(theme.body);
    m_row->setFont(theme.small);
    m_view->setTheme(theme);
}

void ComparePage::setModel() {
    m_feed.forget();
}

const ComparePicture& ComparePage::picture() const {
    return m_view->picture();
}

std::function<void(const Workspace&, const std::filesystem::path&)> ComparePage::numbers() const {
    const ComparePicture& shown = m_view->picture();
    if (!shown.isShown())
        return {};
    return [sides = shown.sides, comparison = shown.comparison](const Workspace& workspace,
                                                                const std::filesystem::path& path) {
        saveComparison(sides, comparison, workspace, path);
    };
}

void ComparePage::paintFigure(QPainter& painter, QSize size) const {
    m_view->paintFigure(painter, size);
}

void ComparePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_feed.setActive(true);
    refresh();
}

void ComparePage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_feed.setActive(false);
}

void ComparePage::refresh() {
    if (!isVisible() || !m_store.current())
        return;
    m_view->setScale(m_options.scale());
    showSides();
    compare();
}

void ComparePage::compare() {
    Made wanted{m_store.current(), m_feed.trace(), m_selection.shownHead(), m_selection.shownHead(),
                m_options.tokens()};
    if (wanted.b)
        wanted.headB = headOfB(*wanted.b);
    QString problem = m_feed.problem();
    if (wanted == m_made && problem == m_problem)
        return;
    Comparison comparison;
    if (wanted.b) {
        comparison = compared(*wanted.a, wanted.headA, *wanted.b, wanted.headB, wanted.tokens);
        if (comparison.empty())
            problem = tr("There is nothing to compare: one side has no such head, or every token is hidden.");
    }
    m_made = std::move(wanted);
    m_problem = m_feed.problem();
    m_view->setContent({m_made.a, m_made.b, m_made.headA, m_made.headB}, std::move(comparison), problem);
    const ComparePicture& shown = m_view->picture();
    const QString remark = m_feed.other().remark();
    m_summary->setText(!shown.isShown() ? problem
                       : remark.isEmpty()
                           ? summaryInWords(shown.sides, shown.comparison)
                           : remark + QLatin1Char(' ') + summaryInWords(shown.sides, shown.comparison));
    tell();
}

void ComparePage::showSides() {
    const QScopedValueRollback showing(m_showing, true);
    const Trace& a = *m_store.current();
    const ComparedWith& with = m_options.compared();
    m_letterA->setText(tr("A   %1").arg(QString::fromStdString(a.model)));
    const std::shared_ptr<const LoadedModel>& other = m_feed.other().model();
    const std::string modelB = with.model       ? (other ? other->name : lastPartOf(with.model->name))
                               : m_feed.trace() ? m_feed.trace()->model
                                                : a.model;
    const QString nameB = QString::fromStdString(modelB);
    m_letterB->setText(m_hooks.models.load ? tr("B") : tr("B   %1").arg(nameB));
    m_modelB->setText(nameB + QStringLiteral(" ▾"));
    m_modelB->setAccessibleName(tr("Model of B: %1").arg(nameB));
    QString text = QString::fromStdString(a.text).simplified();
    if (!a.pairText.empty())
        text += QStringLiteral("  |  ") + QString::fromStdString(a.pairText).simplified();
    m_textA->setText(text);
    m_textA->setToolTip(text);
    m_headA->setText(headLabel(m_selection.shownHead()));
    QStringList edits;
    for (const Edit& edit : a.edits)
        edits << editInWords(edit);
    m_editsA->setText(edits.isEmpty()     ? tr("no edits")
                      : edits.size() == 1 ? edits.front()
                                          : tr("%1 edits").arg(edits.size()));
    m_editsA->setToolTip(edits.join(QLatin1Char('\n')));
    m_textB->showText(QString::fromStdString(with.text.value_or(a.text)));
    m_sameText->setEnabled(with.text.has_value());
    m_unedited->setChecked(with.unedited);
    m_unedited->setEnabled(with.unedited || !a.edits.empty());
    fillHeads(a);
    m_bar->setTwin(twin());
    m_bar->setEdited(a.baseline != nullptr);
}

HeadAddress ComparePage::headOfB(const Trace& b) const {
    const std::optional<HeadAddress>& head = m_options.compared().head;
    if (head && b.shape.has(*head))
        return *head;
    if (b.shape.has(m_selection.shownHead()) || b.shape.stacks.empty())
        return m_selection.shownHead();
    return {b.shape.stacks.front().stack, 0, 0};
}

void ComparePage::fillHeads(const Trace& a) {
    const auto headsIn = [](const Trace& trace) {
        std::vector<HeadAddress> heads;
        for (const StackShape& stack : trace.shape.stacks)
            for (int layer = 0; layer < stack.layers; ++layer)
                for (int head = 0; head < stack.heads; ++head)
                    heads.push_back({stack.stack, layer, head});
        return heads;
    };
    // Of B's model, as soon as it has read anything.
    const Trace& b = m_options.compared().model && m_feed.trace() ? *m_feed.trace() : a;
    const std::vector<HeadAddress> heads = headsIn(b);
    if (heads != m_listed || m_headB->count() == 0) {
        m_listed = heads;
        m_headB->clear();
        m_headB->addItem({});
        for (const HeadAddress& head : heads)
            m_headB->addItem(headLabel(head));
    }
    const HeadAddress usual = m_selection.shownHead();
    m_headB->setItemText(0, b.shape.has(usual) || heads.empty()
                                ? tr("same head")
                                : tr("%1 (has no %2)").arg(headLabel(heads.front()), headLabel(usual)));
    const std::optional<HeadAddress>& head = m_options.compared().head;
    const auto found = head ? std::find(heads.begin(), heads.end(), *head) : heads.end();
    m_headB->setCurrentIndex(found == heads.end() ? 0 : static_cast<int>(found - heads.begin()) + 1);
    m_bar->setHasOtherHeads(headsIn(a).size() > 1);
}

void ComparePage::tell() {
    const ComparePicture& shown = m_view->picture();
    const MapCell told = shown.toldCell();
    m_cell->setText(shown.isShown() && shown.has(told) ? cellInWords(shown.sides, shown.comparison, told)
                                                       : QString());
    m_row->setText(shown.isShown() && told.query >= 0 ? rowInWords(shown.sides, shown.comparison, told.query)
                                                      : QString());
}

void ComparePage::change(const std::function<void(ComparedWith&)>& what) {
    ComparedWith with = m_options.compared();
    what(with);
    m_options.setCompared(with);
}

std::optional<SentenceTwin> ComparePage::twin() const {
    return twinOf(m_store.current()->text, m_hooks.sentences);
}

void ComparePage::chooseTwin() {
    if (!m_store.current())
        return;
    if (const std::optional<SentenceTwin> found = twin()) {
        m_options.setCompared({found->text, std::nullopt, false});
        return;
    }
    const std::string text = m_store.current()->text;
    const LastWord last = lastWordOf(text);
    m_options.setCompared({text, std::nullopt, false});
    m_textB->setFocus(Qt::OtherFocusReason);
    QTextCursor cursor(m_textB->document());
    const auto place = [&](size_t byte) {
        return static_cast<int>(QString::fromUtf8(text.data(), static_cast<qsizetype>(byte)).size());
    };
    cursor.setPosition(place(last.begin));
    cursor.setPosition(place(last.end), QTextCursor::KeepAnchor);
    m_textB->setTextCursor(cursor);
}

void ComparePage::chooseSimilar() {
    if (!m_store.current())
        return;
    if (const std::optional<HeadDistance> nearest = nearestHead(*m_store.current(), m_selection.head()))
        m_options.setCompared({std::nullopt, nearest->head, false});
}

void ComparePage::chooseHead(int index) {
    change([&](ComparedWith& with) {
        with.head.reset();
        if (index > 0)
            with.head = m_listed[static_cast<size_t>(index) - 1];
    });
}

void ComparePage::takeText() {
    const std::string text = m_textB->toPlainText().toStdString();
    const Trace* a = m_store.current().get();
    if (m_showing || !a || text == m_options.compared().text.value_or(a->text))
        return;
    change([&](ComparedWith& with) { with.text = text; });
}

} // namespace headlight
