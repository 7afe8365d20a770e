#include "app/main_window.h"
#include "tests/benchmarks/percentiles.h"
#include "tests/benchmarks/reader.h"
#include "ui/look/heatmap_view.h"
#include "ui/session/lane_runner.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>

#include <cstdio>
#include <string>

using namespace headlight;
using namespace headlight::benchmarks;

/// A pointer that wanders over the map of the real window: pointer event to flushed paint of every view, and
/// of the map alone. Arguments: number of moves, number of tokens.
int main(int argc, char** argv) {
    setenv("HEADLIGHT_RESOURCES", HEADLIGHT_SOURCE "/resources", 0);
    try {
        const int moves = argc > 1 ? std::stoi(argv[1]) : 300;
        const size_t tokens = argc > 2 ? std::stoul(argv[2]) : 128;
        QApplication application(argc, argv);
        const std::shared_ptr<const LoadedModel> model = reader();
        LaneRunner runner(model);
        MainWindow window(runner, model, {}, {});
        window.resize(1280, 720);
        window.show();
        window.setText(QString::fromStdString(textOf(*model, tokens)));
        window.picture();
        auto* map = window.findChild<HeatmapView*>();
        const MapGeometry& cells = map->picture().map;
        const auto wander = [&] {
            std::vector<double> milliseconds;
            for (int i = 0; i < moves; ++i) {
                const QPointF point = cells.cell(i * 7 % cells.rows, i * 3 % cells.columns).center();
                QMouseEvent move(QEvent::MouseMove, point, map->mapToGlobal(point), Qt::NoButton,
                                 Qt::NoButton, Qt::NoModifier);
                QElapsedTimer clock;
                clock.start();
                QCoreApplication::sendEvent(map, &move);
                QCoreApplication::processEvents(); // everything that is dirty is painted and flushed
                milliseconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
            }
            return percentiles(std::move(milliseconds));
        };
        const Percentiles all = wander();
        for (QWidget* other : window.findChildren<QWidget*>())
            if (other->objectName() == QLatin1String("rightPanel") ||
                other->objectName() == QLatin1String("leftColumn") ||
                other->objectName() == QLatin1String("topRow"))
                other->hide();
        window.picture();
        const Percentiles alone = wander();
        std::vector<double> anew;
        for (int i = 0; i < moves; ++i) {
            QElapsedTimer clock;
            clock.start();
            map->replot(QCustomPlot::rpQueuedRefresh);
            QCoreApplication::processEvents();
            anew.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        const Percentiles whole = percentiles(std::move(anew));
        std::printf("platform                     %s, window %dx%d, %d tokens, %d moves\n",
                    qPrintable(QGuiApplication::platformName()), window.width(), window.height(), cells.rows,
                    moves);
        std::printf("pointer to paint of all      p50 %.2f ms, p99 %.2f ms, max %.2f ms\n", all.p50, all.p99,
                    all.maximum);
        std::printf("pointer to paint of the map  p50 %.2f ms, p99 %.2f ms, max %.2f ms\n", alone.p50,
                    alone.p99, alone.maximum);
        std::printf("the whole map anew           p50 %.2f ms, p99 %.2f ms, max %.2f ms\n", whole.p50,
                    whole.p99, whole.maximum);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "headlight_hover_bench: %s\n", error.what());
        return 1;
    }
}
