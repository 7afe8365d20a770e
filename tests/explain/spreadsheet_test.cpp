#include "engine/explain/formats.h"
#include "tests/explain/detailed_trace.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
using Rows = QList<QStringList>;

/// The sheets of a spreadsheet as LibreOffice has computed them. Needs libreoffice-calc-nogui, which
/// tests/run installs.
QMap<QString, Rows> recalculated(const QTemporaryDir& folder, const std::string& fods) {
    QFile file(folder.filePath("steps.fods"));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(fods)) < 0)
        return {};
    file.close();
    QProcess office;
    office.setWorkingDirectory(folder.path());
    // All sheets, with every digit.
    office.start("soffice",
                 {"-env:UserInstallation=file://" + folder.filePath("profile"), "--headless", "--convert-to",
                  "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
                  "steps.fods"});
    if (!office.waitForFinished(240'000) || office.exitCode() != 0)
        qWarning("soffice: %s%s", qPrintable(office.errorString()),
                 office.readAllStandardError().constData());
    QMap<QString, Rows> sheets;
    for (const QString& name : QDir(folder.path()).entryList({"steps-*.csv"})) {
        QFile csv(folder.filePath(name));
        if (!csv.open(QIODevice::ReadOnly))
            continue;
        Rows rows;
        for (const QString& line : QString::fromUtf8(csv.readAll()).split('\n', Qt::SkipEmptyParts))
            rows.append(QString(line).remove('"').split(','));
        sheets[name.mid(6).chopped(4)] = rows;
    }
    return sheets;
}

struct Compared {
    int cells = 0;
    int formulas = 0; ///< cells that differ from the recorded number at all: rounding shows in most
    double worst = 0; ///< largest difference over what rounding may amount to
    QString where;
};

/// Compares every computed column with the recorded one `width` columns further on, and the spreadsheet's own
/// difference with both. `scale` is the size of the numbers that such a number is made of.
Compared compare(const QMap<QString, Rows>& sheets) {
    Compared result;
    for (auto sheet = sheets.begin(); sheet != sheets.end(); ++sheet) {
        const QStringList header = sheet->value(0);
        if (sheet.key() == "About")
            continue;
        const auto begins = [&](int column, const char* kind) {
            return header.value(column).startsWith(kind);
        };
        for (int first = 1; first < header.size(); ++first) {
            if (!begins(first, "computed"))
                continue;
            int width = 1;
            while (begins(first + width, "computed"))
                ++width;
            for (int column = first; column < first + width; ++column) {
                // Numbers of one column are of one kind: rounding is relative to the largest of them.
                double scale = 1;
                for (int row = 1; row < sheet->size(); ++row)
                    scale = std::max(scale, std::abs(sheet->at(row).value(column + width).toDouble()));
                for (int row = 1; row < sheet->size(); ++row) {
                    const QStringList& cells = sheet->at(row);
                    bool isComputed = false, isRecorded = false, isDifference = false;
                    const double computed = cells.value(column).toDouble(&isComputed);
                    const double recorded = cells.value(column + width).toDouble(&isRecorded);
                    const double difference = cells.value(column + 2 * width).toDouble(&isDifference);
                    if (!isRecorded && cells.value(column + width).isEmpty())
                        continue; // d_k and temperature stand alone
                    ++result.cells;
                    result.formulas += computed != recorded;
                    double error = std::abs(computed - recorded) / scale;
                    if (!isComputed || !isRecorded || !isDifference ||
                        std::abs(difference - (computed - recorded)) > 1e-9 * scale)
                        error = INFINITY;
                    if (!(error <= result.worst)) {
                        result.worst = error;
                        result.where = QString("%1, row %2, column %3: %4")
                                           .arg(sheet.key())
                                           .arg(row + 1)
                                           .arg(column + 1)
                                           .arg(cells.join(' ').left(200));
                    }
                }
            }
            first += 3 * width - 1;
        }
    }
    return result;
}

/// What rounding to 32 bits may amount to over the whole way from the vectors: 32 steps of 2^-24.
constexpr double allowed = 32 * 6e-8;
} // namespace

class SpreadsheetTest : public QObject {
    Q_OBJECT

private slots:
    void libreOfficeComputesTheRecordedNumbers_data() {
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("head");
        QTest::addColumn<int>("query");
        QTest::newRow("first layer, [CLS]") << 0 << 3 << 0;
        QTest::newRow("it in the head of the example") << 1 << 1 << 10;
    }
    void libreOfficeComputesTheRecordedNumbers() {
        QFETCH(int, layer);
        QFETCH(int, head);
        QFETCH(int, query);
        const auto trace = detailedTrace(defaultText);
        const std::string fods =
            stepsAs(StepsFormat::fods, *trace, *reader().model, {{Stack::encoder, layer, head}, query, 2, 0});
        // No result stands in the file: what comes out was computed by LibreOffice.
        const QString text = QString::fromStdString(fods);
        const qsizetype formulas = text.count("table:formula=");
        QVERIFY(formulas > 2000);
        QVERIFY(!text.contains(QRegularExpression("table:formula=\"[^\"]*\" office:value")));
        const QTemporaryDir folder;
        const Compared compared = compare(recalculated(folder, fods));
        QVERIFY2(compared.cells > 1500, qPrintable(QString::number(compared.cells)));
        QVERIFY2(compared.worst <= allowed,
                 qPrintable(QString("%1 at %2").arg(compared.worst).arg(compared.where)));
        qInfo("%lld formulas, %d numbers compared, %d not equal to the last digit, largest difference %g of "
              "the "
              "numbers' size",
              static_cast<long long>(formulas), compared.cells, compared.formulas, compared.worst);
    }

    /// An input is altered in the file, the recorded numbers are not: LibreOffice's own results must differ.
    void anAlteredInputIsNoticed() {
        const auto trace = detailedTrace("it was");
        OpenTrace open(*trace, 1);
        open.detail->input.at(1, 5) += 0.01F;
        const std::string fods =
            stepsAs(StepsFormat::fods, open.trace, *reader().model, {{Stack::encoder, 1, 1}, 1, 2, 0});
        const QTemporaryDir folder;
        const Compared compared = compare(recalculated(folder, fods));
        QVERIFY(compared.cells > 300);
        QVERIFY2(std::isfinite(compared.worst) && compared.worst > 10 * allowed, qPrintable(compared.where));
    }
};

QTEST_GUILESS_MAIN(SpreadsheetTest)
#include "spreadsheet_test.moc"
