#include "app/main_window.h"
#include "engine/core/errors.h"
#include "engine/explain/formats.h"
#include "engine/files/atomic_file.h"
#include "ui/steps/steps_source.h"

#include <QFileDialog>

namespace headlight {

/// All steps as a file; the text is made before the dialog opens, so that it is what was on the screen.
void MainWindow::exportSteps(const ShownSteps& steps, const QString& format, int digits) {
    const std::optional<StepsFormat> kind = parseStepsFormat(format.toStdString());
    if (!kind)
        return;
    try {
        const std::string text =
            stepsAs(*kind, *steps.trace, *steps.model->model, steps.steps.question, digits);
        const QString ending = format == QLatin1String("latex") ? QStringLiteral("tex") : format;
        auto* dialog = new QFileDialog(this, tr("Export the steps"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(ending);
        dialog->setNameFilter(QStringLiteral("*.") + ending);
        dialog->selectFile(QStringLiteral("steps.") + ending);
        connect(dialog, &QFileDialog::fileSelected, this, [this, text](const QString& path) {
            try {
                writeFileAtomically(path.toStdString(), text);
                say(tr("Exported as %1.").arg(path));
            } catch (const Error& error) {
                showError(QString::fromStdString(error.what()), false);
            }
        });
        dialog->open();
    } catch (const Error& error) {
        showError(QString::fromStdString(error.what()), false);
    }
}

} // namespace headlight
