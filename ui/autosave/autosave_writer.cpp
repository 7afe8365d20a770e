#include "ui/autosave/autosave_writer.h"

#include <exception>

namespace headlight {

AutosaveWriter::AutosaveWriter(Done done)
    : m_done(std::move(done)), m_thread([this](const std::stop_token& stop) { run(stop); }) {}

AutosaveWriter::~AutosaveWriter() = default;

void AutosaveWriter::write(std::filesystem::path path, Session session) {
    {
        const std::scoped_lock lock(m_mutex);
        m_next = Request{std::move(path), std::move(session)};
    }
    m_news.notify_all();
}

void AutosaveWriter::waitUntilIdle() {
    std::unique_lock lock(m_mutex);
    m_news.wait(lock, [this] { return !m_next && !m_writing; });
}

void AutosaveWriter::run(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_news.wait(lock, stop, [this] { return m_next.has_value(); })) {
        const Request request = std::move(*m_next);
        m_next.reset();
        m_writing = true;
        lock.unlock();
        std::string problem;
        try {
            writeSession(request.session, request.path);
        } catch (const std::exception& error) {
            problem = error.what();
        }
        m_done(problem);
        lock.lock();
        m_writing = false;
        m_news.notify_all();
        if (stop.stop_requested())
            return;
    }
}

} // namespace headlight
