#include "ui/steps/steps_page.h"

#include "ui/formula/formula_view.h"
#include "ui/steps/number_panel.h"
#include "ui/steps/stage_canvas.h"
#include "ui/steps/stage_list.h"
#include "ui/steps/stage_text.h"
#include "ui/steps/steps_figure.h"
#include "ui/steps/transport_bar.h"
#include "ui/viewbar/segments.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace headlight {

StepsPage::StepsPage(const TraceStore& store, Selection& selection, ViewOptions& options, StepsHooks hooks,
                     QWidget* parent)
    : QWidget(parent), m_selection(selection), m_options(options), m_hooks(std::move(hooks)),
      m_source(new StepsSource(store, selection, options, m_hooks.wantDetails, this)),
      m_player(new Player(this)) {
    setObjectName(QStringLiteral("stepsPage"));
    setAccessibleName(tr("Steps"));
    build();
    setFocusProxy(m_canvas);
    connect(m_source, &StepsSource::changed, this, &StepsPage::refresh);
    connect(m_player, &Player::moved, this, [this] {
        if (m_player->index() != m_source->index())
            m_source->setIndex(m_player->index());
        m_canvas->setTerms(m_player->terms());
    });
    connect(m_number, &NumberPanel::kindChanged, this, &StepsPage::showStage);
    connect(m_stages, &StageList::wanted, m_player, &Player::go);
    connect(m_canvas, &StageCanvas::chosen, this, &StepsPage::choose);
    connect(m_canvas, &StageCanvas::wanted, this, &StepsPage::showNumber);
    for (QWidget* each : {static_cast<QWidget*>(m_canvas), static_cast<QWidget*>(m_stages)})
        each->installEventFilter(this);
    m_readAhead.setInterval(20);
    connect(&m_readAhead, &QTimer::timeout, this, &StepsPage::readAhead);
    setTheme(m_theme);
}

StepsPage::~StepsPage() = default;

void StepsPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_title->setFont(theme.large);
    m_sentences->setFont(theme.body);
    m_problem->setFont(theme.body);
    m_stages->setTheme(theme);
    m_canvas->setTheme(theme);
    m_formula->setTheme(theme);
    m_number->setTheme(theme);
    m_transport->setTheme(theme);
    m_readAhead.start();
}

/// One formula at a time while nothing else is to be done, so that the first walk through the stages waits
/// for none.
void StepsPage::readAhead() {
    if (isVisible() && m_source->shown())
        for (const Stage& stage : m_source->shown()->steps.stages)
            if (const QString name = formulaOf(stage, m_options.steps().depth);
                !m_library.isRead(name, m_theme.name)) {
                m_library.formula(name, m_theme.name);
                return;
            }
    m_readAhead.stop();
}

void StepsPage::setModel(std::shared_ptr<const LoadedModel> model) {
    m_source->setModel(std::move(model));
}

void StepsPage::setReducedMotion(bool on) {
    m_player->setReducedMotion(on);
}

void StepsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_source->setActive(true);
    refresh();
}

void StepsPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_player->pause();
    m_source->setActive(false);
}

QString StepsPage::caption() const {
    return m_caption;
}

QString StepsPage::code() const {
    return m_code->toPlainText();
}

/// Everything that depends on which steps there are; then the stage.
void StepsPage::refresh() {
    const std::shared_ptr<const ShownSteps>& shown = m_source->shown();
    const bool another = shown != m_drawn;
    if (another) {
        QStringList titles;
        std::vector<int> terms;
        if (shown)
            for (const Stage& stage : shown->steps.stages) {
                titles << titleOf(stage);
                const auto count = stage.sums.empty() ? 0 : static_cast<int>(stage.sums.front().terms.size());
                const bool drawn =
                    std::any_of(stage.arrays.begin(), stage.arrays.end(), [count](const StepArray& array) {
                        return (array.rows == 1 ? array.columns : array.rows) == count;
                    });
                terms.push_back(drawn ? std::max(1, count) : 1);
            }
        m_stages->setStages(titles);
        m_player->setStages(terms);
    }
    for (QWidget* each : {static_cast<QWidget*>(m_stages), m_middle->parentWidget()})
        each->setVisible(shown != nullptr);
    if (!shown)
        m_side->hide();
    m_problem->setVisible(!shown);
    m_problem->setText(!m_source->problem().isEmpty() ? m_source->problem()
                                                      : tr("The numbers are on their way."));
    if (m_player->index() != m_source->index() && m_source->index() >= 0)
        m_player->go(m_source->index());
    showStage();
    m_transport->refresh();
    m_drawn = shown; // the widgets have let go of the numbers before
}

void StepsPage::showStage() {
    const Stage* stage = m_source->stage();
    const bool another = m_drawn != m_source->shown() || m_stages->currentRow() != m_source->index();
    m_canvas->setStage(stage);
    m_canvas->setTerms(m_player->terms());
    if (!stage)
        return;
    m_stages->setCurrent(m_source->index());
    m_title->setText(titleOf(*stage));
    m_sentences->setText(sentencesOf(*stage));
    const StepsDepth depth = m_options.steps().depth;
    const int digits = m_number->digits();
    m_formula->setEm(depth == StepsDepth::idea ? 28 : 22);
    m_formula->setFormula(formulaOf(*stage, depth), formulaNumbers(*stage, depth, digits),
                          substitutedLine(*stage, depth, digits));
    if (another)
        m_picked.reset();
    std::optional<Cell> cell = m_picked;
    if (!cell && !stage->sums.empty())
        cell = stage->sums.front().cell;
    if (cell)
        m_number->setNumber(m_source->shown(), *cell);
    m_canvas->setPicked(cell ? placeOf(*stage, *cell) : std::nullopt);
    showDepth();
    announce();
    m_readAhead.start();
}

void StepsPage::showDepth() {
    const StepsDepth depth = m_options.steps().depth;
    m_depth->setCurrent(static_cast<int>(depth));
    // Code needs the width; the idea is the formula alone; a tree needs the height.
    m_side->setVisible(depth != StepsDepth::code);
    m_number->setVisible(depth != StepsDepth::idea);
    m_formula->setVisible(depth == StepsDepth::idea || !m_number->treeShown());
    m_numbers->setEnabled(depth != StepsDepth::code);
    QWidget* wanted = depth == StepsDepth::code ? m_codePage : static_cast<QWidget*>(m_scroll);
    const bool hadFocus = m_middle->currentWidget()->isAncestorOf(focusWidget()) && isVisible();
    m_middle->setCurrentWidget(wanted);
    if (hadFocus && depth != StepsDepth::code)
        m_canvas->setFocus();
    if (depth != StepsDepth::code)
        return;
    const QString text = codeUpTo(m_source->shown()->steps, m_source->index());
    if (text != m_code->toPlainText()) {
        m_code->setPlainText(text);
        m_code->moveCursor(QTextCursor::End);
    }
}

/// What changed is told to a screen reader once: as the name of the line that a sighted reader sees, and as
/// a message.
void StepsPage::announce() {
    const QString text = captionOf(m_source->shown()->steps, m_source->index(), m_number->digits());
    if (text == m_caption)
        return;
    m_caption = text;
    m_sentences->setAccessibleName(text);
    QAccessibleEvent named(m_sentences, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&named);
    QAccessibleEvent told(m_sentences, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void StepsPage::choose(const ArrayPlace& place) {
    const Stage* stage = m_source->stage();
    if (!stage)
        return;
    m_canvas->setFocus(Qt::MouseFocusReason);
    const StepArray& array = stage->arrays[static_cast<size_t>(place.array)];
    const StepsQuestion question = m_source->shown()->steps.question;
    const Steps& steps = m_source->shown()->steps;
    const bool overKeys = array.rows == 1 && static_cast<int>(array.columnLabels.size()) == steps.keys;
    const bool keyRows = array.rows == steps.keys && static_cast<int>(array.rowLabels.size()) == steps.keys &&
                         array.columnLabels.empty();
    const bool map = !array.rowLabels.empty() && !array.columnLabels.empty() && array.rows == steps.queries;
    if (map) {
        m_selection.setCell(place.row, place.column);
        return;
    }
    if (const int key = overKeys ? place.column : keyRows ? place.row : -1; key >= 0)
        m_selection.setCell(question.query, key);
    if (!overKeys && array.columns == steps.headWidth) {
        StepsPlace now = m_options.steps();
        now.component = place.column;
        m_options.setSteps(now);
    }
    if (const std::optional<Cell> cell = array.cellAt(place.row, place.column))
        pick(*cell);
}

void StepsPage::pick(const Cell& cell) {
    if (!m_source->shown() || !m_source->shown()->provenance->has(cell))
        return;
    m_picked = cell;
    showStage();
}

void StepsPage::showNumber(const ArrayPlace& place, QPoint globalPosition) {
    const Stage* stage = m_source->stage();
    if (!stage)
        return;
    const std::optional<Cell> cell =
        stage->arrays[static_cast<size_t>(place.array)].cellAt(place.row, place.column);
    const auto show = [this, cell] {
        if (!cell)
            return;
        StepsPlace now = m_options.steps();
        if (now.depth == StepsDepth::idea) {
            now.depth = StepsDepth::arithmetic;
            m_options.setSteps(now);
        }
        pick(*cell);
        m_number->showTree(true);
    };
    if (globalPosition.isNull()) {
        show();
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("numberMenu"));
    menu->addAction(tr("Show this number"), this, show)->setEnabled(cell.has_value());
    menu->popup(globalPosition);
}

void StepsPage::walkKeys(int step) {
    if (!m_source->shown())
        return;
    const Steps& steps = m_source->shown()->steps;
    m_selection.setCell(steps.question.query, std::clamp(steps.question.key + step, 0, steps.keys - 1));
}

void StepsPage::walkComponents(int step) {
    if (!m_source->shown())
        return;
    StepsPlace place = m_options.steps();
    place.component = std::clamp(m_source->shown()->steps.question.component + step, 0,
                                 m_source->shown()->steps.headWidth - 1);
    m_options.setSteps(place);
}

bool StepsPage::handleKey(int key) {
    const auto depth = [this](StepsDepth wanted) {
        StepsPlace place = m_options.steps();
        place.depth = wanted;
        m_options.setSteps(place);
    };
    const auto faster = [this](int step) {
        const std::vector<double>& speeds = Player::speeds();
        const auto at = std::find(speeds.begin(), speeds.end(), m_player->speed()) - speeds.begin();
        const auto last = static_cast<std::ptrdiff_t>(speeds.size()) - 1;
        m_player->setSpeed(speeds[static_cast<size_t>(std::clamp<std::ptrdiff_t>(at + step, 0, last))]);
    };
    switch (key) {
    case Qt::Key_Left:
        m_player->back();
        return true;
    case Qt::Key_Right:
        m_player->step();
        return true;
    case Qt::Key_Home:
        m_player->reset();
        return true;
    case Qt::Key_End:
        m_player->go(m_player->count() - 1);
        return true;
    case Qt::Key_Space:
        m_player->isPlaying() ? m_player->pause() : m_player->play();
        return true;
    case Qt::Key_Up:
        walkKeys(-1);
        return true;
    case Qt::Key_Down:
        walkKeys(1);
        return true;
    case Qt::Key_Comma:
        walkComponents(-1);
        return true;
    case Qt::Key_Period:
        walkComponents(1);
        return true;
    case Qt::Key_Minus:
        faster(-1);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        faster(1);
        return true;
    case Qt::Key_1:
        depth(StepsDepth::idea);
        return true;
    case Qt::Key_2:
        depth(StepsDepth::arithmetic);
        return true;
    case Qt::Key_3:
        depth(StepsDepth::code);
        return true;
    case Qt::Key_N:
        m_numbers->toggle();
        return true;
    case Qt::Key_W:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_options.steps().depth == StepsDepth::idea)
            depth(StepsDepth::arithmetic);
        m_number->showTree(!m_number->treeShown());
        return true;
    default:
        return false;
    }
}

void StepsPage::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (!plain || !handleKey(event->key()))
        QWidget::keyPressEvent(event);
}

/// Keys of the page reach it from its parts, as long as these have no use for them themselves.
bool StepsPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && watched == m_canvas) {
        keyPressEvent(static_cast<QKeyEvent*>(event));
        if (event->isAccepted())
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

void StepsPage::paintFigure(QPainter& painter, QSize size) {
    if (const Stage* stage = m_source->stage())
        paintStage(painter, size, *stage,
                   {m_theme, m_options.steps().depth, m_number->digits(), m_numbers->isChecked()}, m_library);
}

} // namespace headlight
