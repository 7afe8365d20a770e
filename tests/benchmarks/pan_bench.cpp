#include "app/main_window.h"
#include "tests/benchmarks/percentiles.h"
#include "tests/ui/fake_model.h"
#include "ui/look/heatmap_view.h"
#include "ui/session/lane_runner.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cstdio>
#include <string>

using namespace headlight;
using namespace headlight::benchmarks;

namespace {
std::string textOf(int words) {
    std::string text;
    for (int i = 0; i < words; ++i)
        text += i % 16 == 0 ? "animal " : i % 16 == 7 ? "it " : "the ";
    return text;
}

/// From an event to everything painted and flushed, in milliseconds.
double milliseconds(QWidget* widget, QEvent&& event) {
    QElapsedTimer clock;
    clock.start();
    QCoreApplication::sendEvent(widget, &event);
    QCoreApplication::processEvents();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

void print(const char* name, std::vector<double> times) {
    const Percentiles of = percentiles(std::move(times));
    std::printf("%-26s p50 %.2f ms, p99 %.2f ms, max %.2f ms\n", name, of.p50, of.p99, of.maximum);
}
} // namespace

/// A long text in the real window, with a made model of 12 layers x 12 heads: the wheel zooms in and out, a
/// hand drags the map, N goes from peak to peak; event to flushed paint of every view. Arguments: frames,
/// tokens.
int main(int argc, char** argv) {
    setenv("HEADLIGHT_RESOURCES", HEADLIGHT_SOURCE "/resources", 0);
    try {
        const int frames = argc > 1 ? std::stoi(argv[1]) : 300;
        const int tokens = argc > 2 ? std::stoi(argv[2]) : 512;
        QApplication application(argc, argv);
        const std::shared_ptr<const LoadedModel> model = fakeModel("made", 12, 12, tokens);
        LaneRunner runner(model);
        MainWindow window(runner, model, {}, {});
        window.resize(1280, 720);
        window.show();
        window.setText(QString::fromStdString(textOf(tokens - 2)));
        window.picture();
        auto* map = window.findChild<HeatmapView*>();
        const QPointF middle = map->picture().map.rect.center();
        const auto wheel = [&](int notches) {
            return milliseconds(map, QWheelEvent(middle, map->mapToGlobal(middle), {}, {0, 120 * notches},
                                                 Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false));
        };
        const auto mouse = [&](QEvent::Type type, QPointF point) {
            const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::MiddleButton;
            return milliseconds(
                map, QMouseEvent(type, point, map->mapToGlobal(point), button, Qt::MiddleButton, {}));
        };
        std::vector<double> zoomed, panned, walked;
        for (int i = 0; i < frames; ++i)
            zoomed.push_back(wheel(i / 12 % 2 == 0 ? 1 : -1)); // twelve notches in, twelve out
        for (const int notches : {4, 10}) {                    // cells of a few pixels, and large ones
            map->setFocus();
            milliseconds(map, QKeyEvent(QEvent::KeyPress, Qt::Key_0, {}));
            wheel(notches);
            mouse(QEvent::MouseButtonPress, middle);
            for (int i = 0; i < frames; ++i)
                panned.push_back(mouse(QEvent::MouseMove, middle + QPointF(3.0 * (i % 50), 2.0 * (i % 70))));
            mouse(QEvent::MouseButtonRelease, middle);
        }
        for (int i = 0; i < frames; ++i)
            walked.push_back(milliseconds(map, QKeyEvent(QEvent::KeyPress, Qt::Key_N, {})));
        std::printf("platform                   %s, window %dx%d, %d tokens, %d frames\n",
                    qPrintable(QGuiApplication::platformName()), window.width(), window.height(),
                    map->picture().map.rows, frames);
        print("wheel to paint", std::move(zoomed));
        print("drag to paint", std::move(panned));
        print("next strongest to paint", std::move(walked));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "headlight_pan_bench: %s\n", error.what());
        return 1;
    }
}
