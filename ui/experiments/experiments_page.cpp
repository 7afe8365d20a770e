#include "ui/experiments/experiments_page.h"

#include "engine/core/errors.h"
#include "ui/viewbar/segments.h"
#include "ui/viewbar/wrapping_row.h"

#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace headlight {

ExperimentsPage::ExperimentsPage(const TraceStore& store, Selection& selection, Jobs& jobs,
                                 std::function<void(std::stop_token)> waitWhileBusy,
                                 std::function<void(const SentenceToShow&)> showSentence, QWidget* parent)
    : QWidget(parent),
      m_context{store, selection, jobs, m_formulas, std::move(waitWhileBusy), std::move(showSentence)},
      m_entries(experimentEntries()), m_made(m_entries.size(), nullptr),
      m_choice(new Segments(tr("Experiments"), this)), m_save(new QToolButton(this)),
      m_saved(new QLabel(this)), m_stack(new QStackedLayout) {
    setObjectName(QStringLiteral("experiments"));
    for (size_t i = 0; i < m_entries.size(); ++i)
        m_choice->add(static_cast<int>(i), m_entries[i].title, m_entries[i].question);
    connect(m_choice, &Segments::chosen, this, &ExperimentsPage::setCurrent);

    m_save->setObjectName(QStringLiteral("saveExperiment"));
    m_save->setText(tr("Save  ▾"));
    m_save->setToolTip(tr("Save the picture or the numbers of this experiment"));
    m_save->setAccessibleName(tr("Save this experiment"));
    m_save->setFocusPolicy(Qt::TabFocus);
    m_save->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_save);
    for (const char* ending : {"csv", "json"})
        menu->addAction(tr("Numbers as %1…").arg(QString::fromLatin1(ending).toUpper()), this,
                        [this, ending] { chooseFile(QString::fromLatin1(ending)); });
    menu->addSeparator();
    for (const char* ending : {"png", "svg", "pdf"})
        menu->addAction(tr("Picture as %1…").arg(QString::fromLatin1(ending).toUpper()), this,
                        [this, ending] { chooseFile(QString::fromLatin1(ending)); });
    m_save->setMenu(menu);
    m_saved->setObjectName(QStringLiteral("rowFooter"));
    m_saved->setTextFormat(Qt::PlainText);
    m_saved->setWordWrap(true);
    m_saved->hide();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 8);
    layout->setSpacing(6);
    layout->addWidget(new WrappingRow(m_choice, m_save, this));
    layout->addWidget(m_saved);
    layout->addLayout(m_stack, 1);
    setCurrent(0);
}

void ExperimentsPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_saved->setFont(theme.small);
    for (Experiment* each : m_made)
        if (each)
            each->setTheme(theme);
}

void ExperimentsPage::setModel(const std::shared_ptr<const LoadedModel>& model) {
    m_model = model;
    for (Experiment* each : m_made)
        if (each)
            each->setModel(model);
}

void ExperimentsPage::setCurrent(int index) {
    const auto place = static_cast<size_t>(index);
    if (index < 0 || place >= m_entries.size())
        return;
    Experiment*& made = m_made[place];
    if (!made) {
        made = m_entries[place].make(m_context, this);
        made->setTheme(m_theme);
        made->setModel(m_model);
        m_stack->addWidget(made);
        connect(made, &Experiment::contentChanged, this, &ExperimentsPage::refreshSave);
    }
    m_choice->setCurrent(index);
    m_stack->setCurrentWidget(made);
    m_saved->hide();
    refreshSave();
}

int ExperimentsPage::current() const {
    return m_choice->current();
}

Experiment* ExperimentsPage::experiment() const {
    return m_made[static_cast<size_t>(current())];
}

void ExperimentsPage::refreshSave() {
    m_save->setEnabled(experiment() && experiment()->numbers().has_value());
}

void ExperimentsPage::save(const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    if (ending == ".csv" || ending == ".json") {
        const std::optional<NumberTable> table = experiment()->numbers();
        if (!table)
            throw RequestError("This experiment has no numbers yet.");
        saveTable(*table, path);
        return;
    }
    const std::optional<FigureSource> figure = experiment()->figure();
    if (!figure)
        throw RequestError("This experiment has no picture yet.");
    saveFigure(*figure, {path, figure->size, 2, std::nullopt});
}

void ExperimentsPage::chooseFile(const QString& ending) {
    const QString name = m_entries[static_cast<size_t>(current())].fileName + QLatin1Char('.') + ending;
    auto* dialog = new QFileDialog(this, tr("Save this experiment"), name,
                                   QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        try {
            save(path.toStdString());
            m_saved->setText(tr("Saved: %1").arg(path));
        } catch (const Error& error) {
            m_saved->setText(QString::fromUtf8(error.what()));
        }
        m_saved->show();
    });
    dialog->open();
}

} // namespace headlight
