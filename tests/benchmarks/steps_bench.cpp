#include "app/main_window.h"
#include "tests/benchmarks/percentiles.h"
#include "tests/benchmarks/reader.h"
#include "ui/session/lane_runner.h"
#include "ui/steps/stage_canvas.h"
#include "ui/steps/steps_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QTimer>
#include <QWindow>

#include <cstdio>
#include <map>
#include <string>

using namespace headlight;
using namespace headlight::benchmarks;

namespace {

/// Presses Right at the Steps page, from the last stage Home, and notes how long each stage took from the key
/// event to the flushed paint of the window.
class Walker : public QObject {
public:
    Walker(MainWindow& window, StepsPage& page, int keys) : m_window(window), m_page(page), m_left(keys) {
        window.installEventFilter(this);
    }

    void next() {
        if (m_left-- == 0) {
            QCoreApplication::quit();
            return;
        }
        const bool atEnd = m_page.source().index() + 1 >= m_page.player().count();
        const int key = atEnd ? Qt::Key_Home : Qt::Key_Right;
        m_waiting = true;
        m_pressed.start();
        QCoreApplication::postEvent(m_window.windowHandle(),
                                    new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier));
        QCoreApplication::postEvent(m_window.windowHandle(),
                                    new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier));
    }

    const std::vector<double>& milliseconds() const { return m_milliseconds; }
    const std::map<QString, double>& slowest() const { return m_slowest; }

protected:
    /// Qt paints everything that is dirty in answer to one UpdateRequest, and flushes before it returns.
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::UpdateRequest && m_waiting)
            QTimer::singleShot(0, this, &Walker::painted);
        return false;
    }

private:
    void painted() {
        if (!m_waiting)
            return;
        m_waiting = false;
        const double waited = static_cast<double>(m_pressed.nsecsElapsed()) / 1e6;
        m_milliseconds.push_back(waited);
        double& most = m_slowest[QString::fromStdString(m_page.source().stage()->title)];
        most = std::max(most, waited);
        QTimer::singleShot(pause, this, &Walker::next);
    }

    static constexpr int pause = 20; ///< milliseconds between a picture and the next key
    MainWindow& m_window;
    StepsPage& m_page;
    int m_left;
    bool m_waiting = false;
    QElapsedTimer m_pressed;
    std::vector<double> m_milliseconds;
    std::map<QString, double> m_slowest;
};

} // namespace

/// One stage to the next in the real window, from the key event to the flushed paint. Arguments: number of
/// keys, number of tokens.
int main(int argc, char** argv) {
    setenv("HEADLIGHT_RESOURCES", HEADLIGHT_SOURCE "/resources", 0);
    try {
        const int keys = argc > 1 ? std::stoi(argv[1]) : 300;
        const size_t tokens = argc > 2 ? std::stoul(argv[2]) : 32;
        QApplication application(argc, argv);
        const std::shared_ptr<const LoadedModel> model = reader();
        LaneRunner runner(model);
        MainWindow window(runner, model, {}, {});
        window.resize(1280, 720);
        window.show();
        window.activateWindow();
        window.setText(QString::fromStdString(textOf(*model, tokens)));
        window.options().openSteps("query");
        window.picture();
        auto* page = window.findChild<StepsPage*>();
        if (!page || !page->source().shown())
            throw std::runtime_error("there are no steps");
        page->canvas().setFocus();
        Walker walker(window, *page, keys);
        QTimer::singleShot(500, &walker, &Walker::next);
        QApplication::exec();
        const Percentiles waits = percentiles(walker.milliseconds());
        std::printf("platform                     %s, window %dx%d, %zu tokens\n",
                    qPrintable(QGuiApplication::platformName()), window.width(), window.height(),
                    window.traces().current()->tokens().size());
        std::printf("stage to flushed paint       p50 %.2f ms, p99 %.2f ms, max %.2f ms (%zu keys)\n",
                    waits.p50, waits.p99, waits.maximum, walker.milliseconds().size());
        for (const auto& [stage, most] : walker.slowest())
            std::printf("  %-34s at most %.2f ms\n", qPrintable(stage), most);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "headlight_steps_bench: %s\n", error.what());
        return 1;
    }
}
