#include "app/commands/job_console.h"

#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <ostream>
#include <string>

namespace headlight {

namespace {
volatile std::sig_atomic_t interrupted = 0;

double secondsNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// "3:05"
std::string minutes(double seconds) {
    const long whole = std::lround(seconds);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
    return text.data();
}

std::string lineOf(const Progress& progress) {
    std::array<char, 16> percent{};
    std::snprintf(percent.data(), percent.size(), "%5.1f %%", progress.fraction * 100);
    std::string line = std::string(percent.data()) + "  " + progress.message;
    if (progress.secondsLeft >= 0)
        line += "  " + minutes(progress.secondsLeft) + " left";
    return line;
}
} // namespace

JobConsole::JobConsole(std::ostream& error) : m_error(error), m_nextLine(secondsNow()) {
    interrupted = 0;
    m_before = std::signal(SIGINT, [](int) {
        interrupted = 1;
        std::signal(SIGINT, SIG_DFL);
    });
}

JobConsole::~JobConsole() {
    std::signal(SIGINT, m_before == SIG_ERR ? SIG_DFL : m_before);
}

JobControl JobConsole::control() {
    JobControl control;
    control.stop = m_stop.get_token();
    control.report = [this](const Progress& progress) { report(progress); };
    control.stepAside = [this] {
        if (interrupted)
            m_stop.request_stop();
    };
    return control;
}

void JobConsole::report(const Progress& progress) {
    const double now = secondsNow();
    if (now < m_nextLine && progress.fraction < 1)
        return;
    m_nextLine = now + 1;
    m_error << lineOf(progress) << std::endl;
}

} // namespace headlight
