#include "engine/files/safetensors.h"
#include "tests/ui/fake_model.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/positions_experiment.h"
#include "ui/experiments/positions_map.h"
#include "ui/theme/signed_scale.h"
#include "ui/viewbar/segments.h"

#include <QLabel>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace headlight;

namespace {
constexpr int patience = 120000;
constexpr int positionsEntry = 4; // of experimentEntries()

const std::shared_ptr<const LoadedModel>& reader() {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    return model;
}

struct Window {
    TraceStore store;
    Selection selection;
    Jobs jobs{{}};
    ExperimentsPage page{store, selection, jobs};

    explicit Window(const std::shared_ptr<const LoadedModel>& model = reader(), QSize size = {1000, 640}) {
        page.setAttribute(Qt::WA_DontShowOnScreen);
        page.resize(size);
        page.setCurrent(positionsEntry);
        page.setModel(model);
        page.show();
    }
    PositionsExperiment& positions() { return *qobject_cast<PositionsExperiment*>(page.experiment()); }
    template <class W>
    W& part(const char* name) {
        return *positions().findChild<W*>(QString::fromLatin1(name));
    }
    void choose(const char* segments, const QString& text) {
        for (QToolButton* button : part<Segments>(segments).findChildren<QToolButton*>())
            if (button->text() == text)
                button->click();
    }
    bool shows(PositionScheme scheme) {
        return QTest::qWaitFor([&] { return positions().terms() && positions().terms()->scheme == scheme; },
                               patience);
    }
    PositionsMap& map() { return part<PositionsMap>("positionsMap"); }
    QString text(const char* label) { return part<QLabel>(label).text(); }
};
} // namespace

class PositionsPageTest : public QObject {
    Q_OBJECT

private slots:
    void theModelsOwnVectorsComeFirst() {
        Window window;
        QVERIFY(window.shows(PositionScheme::learned));
        const auto file = SafetensorsFile::open(reader()->folder / "model.safetensors");
        const Tensor<float> tensor = file->read("bert.embeddings.position_embeddings.weight");
        const PositionsPicture& picture = window.map().picture();
        QCOMPARE(picture.matrix()->shape(), tensor.shape());
        QCOMPARE(picture.value({5, 7}), tensor.at(5, 7));
        QVERIFY2(
            window.text("positionsOrigin").contains(QStringLiteral("position_embeddings.weight of reader")),
            qPrintable(window.text("positionsOrigin")));
        // Cells have the colours of the scale around 0.
        const QImage shown = window.map().grab().toImage();
        int wrong = 0;
        for (int row = 0; row < picture.rows(); row += 9)
            for (int column = 3; column < picture.columns(); column += 9) {
                const QPoint middle(static_cast<int>(picture.columnRect(column).center().x()),
                                    static_cast<int>(picture.rowRect(row).center().y()));
                const QColor expected(
                    signedColour(picture.value({row, column}), picture.limit(), picture.theme));
                const QColor seen(shown.pixel(middle));
                if (row > 0 && column > 0)
                    wrong += std::abs(seen.red() - expected.red()) > 3 ||
                             std::abs(seen.blue() - expected.blue()) > 3;
            }
        QCOMPARE(wrong, 0);
    }

    void formulasSayThatTheyAreFormulas() {
        Window window;
        for (const auto& [name, scheme] : {std::pair("sinusoidal", PositionScheme::sinusoidal),
                                           std::pair("rotary", PositionScheme::rotary),
                                           std::pair("clipped distances", PositionScheme::clipped),
                                           std::pair("T5 buckets", PositionScheme::buckets)}) {
            window.choose("positionsScheme", QString::fromLatin1(name));
            QVERIFY(window.shows(scheme));
            QVERIFY(
                window.text("positionsOrigin").startsWith(QStringLiteral("Formula, not from this model")));
            QVERIFY(window.text("positionsFormula").contains(QStringLiteral("20"))); // the paper's year
            QCOMPARE(window.map().picture().rows(), 128); // as many as the model has
        }
        QVERIFY(!window.part<Segments>("positionsView").isVisible()); // buckets have no vectors
        window.choose("positionsScheme", QStringLiteral("learned"));
        QVERIFY(window.shows(PositionScheme::learned));
        QVERIFY(window.part<Segments>("positionsView").isVisible());
    }

    void productsAndTheirReading() {
        Window window;
        window.choose("positionsScheme", QStringLiteral("sinusoidal"));
        QVERIFY(window.shows(PositionScheme::sinusoidal));
        window.choose("positionsView", QStringLiteral("cosines"));
        const PositionsPicture& picture = window.map().picture();
        QVERIFY(picture.showsProducts());
        QCOMPARE(picture.limit(), 1.0F);
        QCOMPARE(picture.columns(), 128);
        QVERIFY(
            window.text("positionsFormula").contains(QStringLiteral("distance of the two positions alone")));
        const QPointF cell(picture.columnRect(40).center().x(), picture.rowRect(30).center().y());
        QTest::mouseClick(&window.map(), Qt::LeftButton, {}, cell.toPoint());
        QCOMPARE(picture.selected, (PositionsCell{30, 40}));
        QVERIFY(
            window.text("positionsReading").startsWith(QStringLiteral("positions 30 and 40 (distance 10)")));
        QTest::keyClick(&window.map(), Qt::Key_Right);
        QTest::keyClick(&window.map(), Qt::Key_PageDown);
        QCOMPARE(picture.selected, (PositionsCell{40, 41}));
        QTest::keyClick(&window.map(), Qt::Key_End);
        QTest::keyClick(&window.map(), Qt::Key_Right);
        QCOMPARE(picture.selected, (PositionsCell{40, 127}));
        QVERIFY(window.map().accessibleDescription().contains(QStringLiteral("distance 87")));
        QMouseEvent move(QEvent::MouseMove, cell, window.map().mapToGlobal(cell), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&window.map(), &move);
        QVERIFY(window.text("positionsReading").contains(QStringLiteral("distance 10")));
        QCOMPARE(picture.selected, (PositionsCell{40, 127})); // pointing selects nothing
    }

    /// Where pixels are fewer than numbers, the one farthest from 0 is seen.
    void noPeakIsLost() {
        auto terms = std::make_shared<PositionTerms>();
        terms->positions = 300;
        terms->width = 500;
        terms->terms = Tensor<float>({300, 500});
        terms->terms.at(177, 333) = -2;
        PositionsPicture picture;
        picture.terms = terms;
        picture.read();
        QCOMPARE(picture.limit(), 2.0F);
        const QRgb peak = signedColour(-1, 1, picture.theme);
        for (const QSize size : {QSize(37, 41), QSize(500, 300), QSize(900, 620), QSize(499, 299)}) {
            const QImage image = picture.image(size);
            int seen = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    seen += image.pixel(x, y) == peak;
            QVERIFY2(seen > 0, qPrintable(QStringLiteral("%1").arg(size.width())));
        }
    }

    void aModelWithoutPositionsSaysSo() {
        Window window(fakeModel());
        QTRY_VERIFY_WITH_TIMEOUT(
            window.text("positionsReading").contains(QStringLiteral("no position vectors")), patience);
        QVERIFY(!window.positions().numbers());
        window.choose("positionsScheme", QStringLiteral("rotary"));
        QVERIFY(window.shows(PositionScheme::rotary));
        window.page.setModel(nullptr); // a recording
        window.choose("positionsScheme", QStringLiteral("learned"));
        QTRY_VERIFY(window.text("positionsReading").contains(QStringLiteral("open a model")));
    }

    void numbersAndPictureAreSaved() {
        const QTemporaryDir folder;
        Window window;
        QVERIFY(window.shows(PositionScheme::learned));
        const std::filesystem::path json = folder.filePath(QStringLiteral("p.json")).toStdString();
        window.page.save(json);
        std::ifstream file(json);
        const auto document = nlohmann::json::parse(file);
        QCOMPARE(document["rows"].size(), size_t{128});
        QCOMPARE(document["of_model"].get<bool>(), true);
        QCOMPARE(document["rows"][5]["7"].get<float>(), window.positions().terms()->terms.at(5, 7));
        for (const char* name : {"p.csv", "p.png", "p.pdf"}) {
            const std::filesystem::path path = folder.filePath(QString::fromLatin1(name)).toStdString();
            window.page.save(path);
            QVERIFY(std::filesystem::file_size(path) > 1000);
        }
    }
};

QTEST_MAIN(PositionsPageTest)
#include "positions_test.moc"
