#include "app/main_window.h"
#include "engine/training/recipes.h"
#include "tests/benchmarks/percentiles.h"
#include "tests/benchmarks/reader.h"
#include "ui/row/row_list.h"
#include "ui/session/lane_runner.h"

#include <QApplication>
#include <QKeyEvent>
#include <QTemporaryDir>
#include <QTimer>
#include <QWindow>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace headlight;
using namespace headlight::benchmarks;

namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// The figure of one line of /proc/self/status, such as VmRSS, in MB.
double megabytes(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name + ":"))
            return std::stod(line.substr(name.size() + 1)) / 1024;
    return 0;
}

/// Sends one key to the map, as a hand would.
void pressInMap(MainWindow& window, int key) {
    auto* map = window.findChild<QWidget*>(QStringLiteral("map"));
    map->setFocus();
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QCoreApplication::sendEvent(map, &event);
}

/// Types letters and takes them back again, one key at a time, and notes how long each took to reach the
/// screen. Editing: lowers and raises the weight of a cell with the Edit tool instead.
class Typist : public QObject {
public:
    Typist(MainWindow& window, int keys) : m_window(window), m_left(keys) {
        connect(&window, &MainWindow::painted, this, &Typist::painted);
        m_patience.setSingleShot(true);
        connect(&m_patience, &QTimer::timeout, this, [this] {
            ++m_lost;
            next();
        });
    }

    void edit() {
        m_editing = true;
        pressInMap(m_window, Qt::Key_Right); // the strongest key of the selected word
        pressInMap(m_window, Qt::Key_E);
        pressInMap(m_window, Qt::Key_W);
    }

    void next() {
        if (m_left-- == 0) {
            QCoreApplication::exit(0); // quit() would close the window, whose rows are measured next
            return;
        }
        // " because it" forwards, then backwards.
        static const QString word = QStringLiteral(" because it");
        const qsizetype place = m_typed++ % (2 * word.size());
        const bool forward = place < word.size();
        const QString text = m_editing ? (m_typed % 2 == 1 ? QStringLiteral("-") : QStringLiteral("+"))
                             : forward ? word.mid(place, 1)
                                       : QStringLiteral("\b");
        const int key =
            m_editing || forward ? text.at(0).toUpper().unicode() : static_cast<int>(Qt::Key_Backspace);
        m_waiting = true;
        m_patience.start(5000);
        m_pressed = Clock::now();
        QCoreApplication::postEvent(m_window.windowHandle(),
                                    new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, text));
        QCoreApplication::postEvent(m_window.windowHandle(),
                                    new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, text));
    }

    const std::vector<double>& milliseconds() const { return m_milliseconds; }
    int lost() const { return m_lost; }

private:
    void painted() {
        if (!m_waiting)
            return;
        m_waiting = false;
        m_patience.stop();
        m_milliseconds.push_back(millisecondsSince(m_pressed));
        QTimer::singleShot(pause, this, &Typist::next);
    }

    static constexpr int pause = 20; ///< milliseconds between a picture and the next key
    MainWindow& m_window;
    int m_left;
    int m_typed = 0;
    int m_lost = 0;
    bool m_waiting = false;
    bool m_editing = false;
    QTimer m_patience;
    Clock::time_point m_pressed;
    std::vector<double> m_milliseconds;
};

/// Runs this program anew with the moment of its start in the environment, so that loading libraries counts
/// as well.
Clock::time_point processStart(char** argv) {
    const char* stamp = std::getenv("HEADLIGHT_STARTED");
    if (!stamp) {
        setenv("HEADLIGHT_STARTED", std::to_string(Clock::now().time_since_epoch().count()).c_str(), 1);
        execv("/proc/self/exe", argv);
        return Clock::now();
    }
    return Clock::time_point(Clock::duration(std::stoll(stamp)));
}

/// What the window shows while it is typed in.
void show(MainWindow& window, const std::string& what) {
    ViewChoices shown = window.options().choices();
    if (what == "heads" || what == "rollout")
        shown.view = what == "heads" ? ViewKind::heads : ViewKind::derived;
    if (what == "compare") {
        shown.page = Page::compare;
        shown.compared.text = "The animal didn't cross the street because it was too wide.";
    }
    window.options().setChoices(shown);
}

} // namespace

/// From another head to its measured numbers on the screen, for every head of the row that is read.
std::vector<double> truthLatencies(MainWindow& window) {
    auto& list = *window.findChild<RowList*>();
    const auto settle = [&list] {
        while (list.content().truth != TruthState::shown)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 1000);
    };
    std::vector<double> latencies;
    window.selection().setQuery(static_cast<int>(window.traces().current()->tokens().size()) / 2);
    for (int layer = 0; layer < window.traces().current()->layers(Stack::encoder); ++layer)
        for (int head = 0; head < window.traces().current()->heads(Stack::encoder); ++head) {
            settle();
            const Clock::time_point asked = Clock::now();
            window.selection().setHead({Stack::encoder, layer, head});
            settle();
            latencies.push_back(millisecondsSince(asked));
        }
    return latencies;
}

/// Key event to flushed paint in the real window: 300 keys at 32 tokens; also start to first picture, and
/// memory. Arguments: number of keys, number of tokens, and a word: `training` to type while a training job
/// runs in this process, as the window's Jobs menu starts it; `evidence` to type while rows are measured;
/// `heads`, `rollout` or `compare` to type with that in view in place of the map; `edit` to change a weight
/// with the Edit tool instead of typing.
int main(int argc, char** argv) {
    const Clock::time_point started = processStart(argv);
    setenv("HEADLIGHT_RESOURCES", HEADLIGHT_SOURCE "/resources", 0);
    try {
        const int keys = argc > 1 ? std::stoi(argv[1]) : 300;
        const size_t tokens = argc > 2 ? std::stoul(argv[2]) : 32;
        QApplication application(argc, argv);
        const std::shared_ptr<const LoadedModel> model = reader();
        LaneRunner runner(model);
        const std::string what = argc > 3 ? argv[3] : "";
        const bool training = what == "training";
        const bool editing = what == "edit";
        const QTemporaryDir folder;
        WindowHooks hooks;
        hooks.trainReader = [&folder](const JobControl& control) {
            TrainOptions options;
            options.out = folder.filePath("reader").toStdString();
            options.threads = 1; // one processor is left to the window
            trainRecipe("reader", options, control);
            return options.out;
        };
        const bool evidence = what == "evidence";
        WindowSettings settings;
        settings.shown.evidence.shown = evidence;
        MainWindow window(runner, model, settings, hooks);
        double firstPicture = 0;
        Typist typist(window, keys);
        const QMetaObject::Connection first = QObject::connect(&window, &MainWindow::painted, &window, [&] {
            if (firstPicture > 0)
                return;
            firstPicture = millisecondsSince(started);
            // The words to be typed shall end at about the wanted number of tokens.
            window.setText(QString::fromStdString(textOf(*model, tokens > 2 ? tokens - 2 : tokens)));
            if (training)
                window.train();
            if (editing)
                QTimer::singleShot(1000, &typist, [&] {
                    window.selection().setQuery(4);
                    typist.edit();
                });
            QTimer::singleShot(training ? 3000 : editing ? 1500 : 500, &typist, &Typist::next);
        });
        window.resize(1280, 720);
        show(window, what);
        window.show();
        window.activateWindow();
        QApplication::exec();
        QObject::disconnect(first);

        const Percentiles waits = percentiles(typist.milliseconds());
        std::printf("platform                     %s, window %dx%d%s\n",
                    qPrintable(QGuiApplication::platformName()), window.width(), window.height(),
                    training       ? ", a training job running"
                    : what.empty() ? ""
                                   : (", " + what).c_str());
        std::printf("start to first picture       %.0f ms\n", firstPicture);
        std::printf("key to flushed paint         p50 %.2f ms, p99 %.2f ms, max %.2f ms (%zu keys, %zu "
                    "tokens at the end)\n",
                    waits.p50, waits.p99, waits.maximum, typist.milliseconds().size(),
                    window.traces().current()->tokens().size());
        if (evidence) {
            const Percentiles truth = percentiles(truthLatencies(window));
            std::printf("another head to its measured row  p50 %.1f ms, max %.1f ms (%zu tokens)\n",
                        truth.p50, truth.maximum, window.traces().current()->tokens().size());
        }
        std::printf("resident memory              %.0f MB (at most %.0f MB)\n", megabytes("VmRSS"),
                    megabytes("VmHWM"));
        if (typist.lost() > 0)
            std::printf("%d keys never reached the screen\n", typist.lost());
        return typist.lost() > 0 ? 1 : 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "headlight_keystroke_bench: %s\n", error.what());
        return 1;
    }
}
