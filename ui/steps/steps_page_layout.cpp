#include "ui/formula/formula_view.h"
#include "ui/steps/number_panel.h"
#include "ui/steps/stage_canvas.h"
#include "ui/steps/stage_list.h"
#include "ui/steps/steps_page.h"
#include "ui/steps/transport_bar.h"
#include "ui/viewbar/segments.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

void StepsPage::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("stepsProblem"));
    m_problem->setWordWrap(true);
    m_problem->setAlignment(Qt::AlignCenter);
    m_problem->setContentsMargins(40, 40, 40, 40);
    m_problem->hide();
    layout->addWidget(m_problem, 1);

    auto* columns = new QHBoxLayout;
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    m_stages = new StageList(this);
    columns->addWidget(m_stages);
    columns->addWidget(buildCentre(), 1);
    columns->addWidget(buildSide());
    layout->addLayout(columns, 1);
    m_transport = new TransportBar(*m_player, this);
    layout->addWidget(m_transport);
    m_bar = buildBar();
}

QWidget* StepsPage::buildBar() {
    auto* bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("viewBar"));
    m_depth = new Segments(tr("How deep"), bar);
    const auto add = [this](StepsDepth depth, const QString& text, const QString& tip) {
        m_depth->add(static_cast<int>(depth), text, tip);
    };
    add(StepsDepth::idea, tr("Idea"), tr("What each stage is for (1)"));
    add(StepsDepth::arithmetic, tr("Arithmetic"), tr("With every term of every sum (2)"));
    add(StepsDepth::code, tr("Code"), tr("Lines of numpy that give the same numbers (3)"));
    connect(m_depth, &Segments::chosen, this, [this](int id) {
        StepsPlace place = m_options.steps();
        place.depth = static_cast<StepsDepth>(id);
        m_options.setSteps(place);
    });
    m_numbers = new QToolButton(bar);
    m_numbers->setObjectName(QStringLiteral("switch"));
    m_numbers->setText(tr("Numbers"));
    m_numbers->setToolTip(tr("Writes every number into its cell (N)"));
    m_numbers->setAccessibleName(tr("Write every number into its cell"));
    m_numbers->setCheckable(true);
    m_numbers->setFocusPolicy(Qt::TabFocus);
    connect(m_numbers, &QToolButton::toggled, this, [this](bool on) { m_canvas->setNumbers(on); });
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 5, 16, 5);
    layout->setSpacing(10);
    layout->addWidget(m_numbers);
    layout->addWidget(m_depth);
    return bar;
}

QWidget* StepsPage::buildCentre() {
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(20, 12, 8, 0);
    layout->setSpacing(6);
    m_title = new QLabel(centre);
    m_title->setObjectName(QStringLiteral("stageTitle"));
    m_sentences = new QLabel(centre);
    m_sentences->setObjectName(QStringLiteral("stepsCaption"));
    m_sentences->setWordWrap(true);
    m_sentences->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_scroll = new QScrollArea(centre);
    m_scroll->setObjectName(QStringLiteral("stageScroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_canvas = new StageCanvas(m_scroll);
    m_scroll->setWidget(m_canvas);
    m_scroll->viewport()->installEventFilter(m_canvas);

    m_codePage = new QWidget(centre);
    auto* codeLayout = new QVBoxLayout(m_codePage);
    codeLayout->setContentsMargins(0, 0, 8, 8);
    m_code = new QPlainTextEdit(m_codePage);
    m_code->setObjectName(QStringLiteral("stepsCode"));
    m_code->setAccessibleName(tr("Code of the stages up to this one"));
    m_code->setReadOnly(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setFrameShape(QFrame::NoFrame);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_code->setFont(fixed);
    m_copyCode = new QPushButton(tr("Copy the code"), m_codePage);
    m_copyCode->setObjectName(QStringLiteral("copyCode"));
    connect(m_copyCode, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_code->toPlainText()); });
    codeLayout->addWidget(m_code, 1);
    codeLayout->addWidget(m_copyCode, 0, Qt::AlignLeft);

    m_middle = new QStackedWidget(centre);
    m_middle->addWidget(m_scroll);
    m_middle->addWidget(m_codePage);
    constexpr int indent = 4; // as the arrays below
    m_title->setContentsMargins(indent, 0, 0, 0);
    m_sentences->setContentsMargins(indent, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_sentences);
    layout->addWidget(m_middle, 1);
    return centre;
}

QWidget* StepsPage::buildSide() {
    m_side = new QWidget(this);
    m_side->setObjectName(QStringLiteral("stepsSide"));
    m_side->setAttribute(Qt::WA_StyledBackground);
    m_formula = new FormulaView(m_library, m_side);
    m_number = new NumberPanel(m_side);
    connect(m_number, &NumberPanel::digitsChanged, this, [this](int digits) {
        m_canvas->setDigits(digits);
        showStage();
    });
    connect(m_number, &NumberPanel::exportWanted, this, [this](const QString& format) {
        if (m_hooks.exportSteps && m_source->shown())
            m_hooks.exportSteps(*m_source->shown(), format, m_number->digits());
    });
    connect(m_number, &NumberPanel::numberWanted, this, &StepsPage::pick);
    // In a low window formula and number are scrolled, not squeezed.
    auto* scroll = new QScrollArea(m_side);
    scroll->setObjectName(QStringLiteral("stepsSideScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(scroll);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(14, 12, 12, 8);
    layout->setSpacing(10);
    layout->addWidget(m_formula);
    layout->addWidget(m_number, 1);
    scroll->setWidget(content);
    auto* whole = new QVBoxLayout(m_side);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    return m_side;
}

/// A wide window gives the formula and its terms more room too; in a narrow one stages are marks without
/// names.
void StepsPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    constexpr int narrow = 900, marks = 38, names = 232;
    m_stages->setFixedWidth(width() < narrow ? marks : names);
    m_side->setFixedWidth(std::clamp(width() / 4, 372, 440));
}

} // namespace headlight
