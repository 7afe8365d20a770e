#pragma once

#include <QApplication>

#include <memory>

namespace headlight {

/// The QApplication of commands that paint; commands that only print make none. A test that has its own keeps
/// it.
class Application {
public:
    enum class Screen {
        none,   ///< paints into memory; needs no display
        display ///< the user's, or memory where there is none
    };
    explicit Application(Screen screen);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// False where windows are painted into memory and nobody sees them.
    bool hasDisplay() const;

private:
    std::unique_ptr<QApplication> m_own;
};

} // namespace headlight
