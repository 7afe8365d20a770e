#include "ui/edits/edit_strip.h"

#include "ui/paint/token_labels.h"
#include "ui/viewbar/flow_layout.h"
#include "ui/viewbar/segments.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace headlight {

EditStrip::EditStrip(EditTool& tool, Selection& selection, QWidget* parent)
    : QWidget(parent), m_tool(tool), m_selection(selection), m_title(new QLabel(this)),
      m_modes(new Segments(tr("What the Edit tool does"), this)), m_value(new QDoubleSpinBox(this)),
      m_renormalise(new QToolButton(this)), m_done(new QToolButton(this)) {
    setObjectName(QStringLiteral("editStrip"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connect(m_modes, &Segments::chosen, this,
            [this](int mode) { m_tool.setMode(static_cast<EditMode>(mode)); });
    connect(m_value, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!m_refreshing)
            m_tool.setValue(value);
    });
    connect(m_renormalise, &QToolButton::clicked, this, [this](bool on) { m_tool.setRenormalises(on); });
    connect(m_done, &QToolButton::clicked, this, [this] { m_tool.take(false); });
    connect(&m_tool, &EditTool::changed, this, &EditStrip::refresh);
    connect(&m_selection, &Selection::changed, this, &EditStrip::refresh);
    refresh();
}

void EditStrip::build() {
    const auto add = [this](EditMode mode, const QString& text, const QString& tip) {
        m_modes->add(static_cast<int>(mode), text, tip);
    };
    add(EditMode::mask, tr("Mask"), tr("The query may not look at the key (key M)"));
    add(EditMode::weight, tr("Paint weight"), tr("Sets the weight, after the softmax (key W)"));
    add(EditMode::score, tr("Paint score"), tr("Sets the score, before the softmax (key S)"));
    add(EditMode::erase, tr("Erase"),
        tr("Takes the edits of a cell away; where there are none, its weight becomes 0 (key X, or Del)"));
    m_value->setObjectName(QStringLiteral("editValue"));
    m_value->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_value->setMinimumWidth(52);
    m_value->setKeyboardTracking(false);
    m_renormalise->setObjectName(QStringLiteral("switch"));
    m_renormalise->setProperty("part", QStringLiteral("renormalise"));
    m_renormalise->setText(tr("renormalise"));
    m_renormalise->setAccessibleName(tr("Renormalise the row"));
    m_renormalise->setToolTip(
        tr("On: the other keys of a painted row share what is left, so that it sums to 1 (key R). Off: they "
           "keep their weights, and the row need not sum to 1."));
    m_renormalise->setCheckable(true);
    m_renormalise->setFocusPolicy(Qt::TabFocus);
    m_done->setObjectName(QStringLiteral("editDone"));
    m_done->setText(tr("Done"));
    m_done->setAccessibleName(tr("Lay the Edit tool down"));
    m_done->setFocusPolicy(Qt::TabFocus);
    m_title->setTextFormat(Qt::PlainText);

    auto* controls = new QWidget(this);
    auto* flow = new FlowLayout(controls, 10);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_modes, m_value, m_renormalise})
        flow->addWidget(widget);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 6, 4);
    layout->addWidget(controls, 1);
    layout->addWidget(m_done, 0, Qt::AlignTop);
}

void EditStrip::setTheme(const Theme& theme) {
    setFont(theme.small);
    m_title->setFont(bold(theme.small));
    setStyleSheet(QStringLiteral(
                      "#editStrip { background: %1; } QLabel { color: %2; } #switch { background: %3; color: "
                      "%2; } #switch:checked { background: %4; color: %5; } QDoubleSpinBox { background: %3; "
                      "color: %2; border: 1px solid %6; border-radius: 4px; padding: 2px 5px; } "
                      "QDoubleSpinBox:focus { border-color: %4; } #editDone { background: %3; padding: 3px "
                      "9px; border: 1px solid %6; } #editDone:focus { border-color: %4; }")
                      .arg(theme.palette.warningSoft.name(), theme.palette.text.name(),
                           theme.palette.panel.name(), theme.palette.accent.name(),
                           theme.dark() ? QStringLiteral("#000000") : QStringLiteral("#ffffff"),
                           theme.palette.hairline.name()));
}

void EditStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    constexpr int wideEnough = 540; // below, the head is told by its thumbnail alone
    m_title->setVisible(width() >= wideEnough);
}

void EditStrip::refresh() {
    m_refreshing = true;
    m_title->setText(headLabel(m_selection.head()));
    setAccessibleName(tr("Edit tool, head %1").arg(headLabel(m_selection.head())));
    m_modes->setCurrent(static_cast<int>(m_tool.mode()));
    m_value->setVisible(m_tool.paints());
    m_value->setRange(m_tool.least(), m_tool.most());
    m_value->setDecimals(m_tool.isOfScores() ? 1 : 2);
    m_value->setSingleStep(m_tool.step());
    m_value->setValue(m_tool.value());
    m_value->setAccessibleName(m_tool.isOfScores() ? tr("Score that a click sets")
                                                   : tr("Weight that a click sets"));
    m_renormalise->setVisible(m_tool.mode() == EditMode::weight || m_tool.mode() == EditMode::erase);
    m_renormalise->setChecked(m_tool.renormalises());
    m_refreshing = false;
    setVisible(m_tool.inHand());
}

} // namespace headlight
