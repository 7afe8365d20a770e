#include "ui/autosave/autosave.h"

#include "engine/core/errors.h"

#include <QDir>
#include <QUuid>

#include <algorithm>
#include <vector>

namespace headlight {

namespace {
namespace fs = std::filesystem;

constexpr const char* ending = ".headlight";
constexpr const char* lockEnding = ".lock";
constexpr const char* damagedEnding = ".damaged";
constexpr std::chrono::milliseconds usualInterval(800);

std::unique_ptr<QLockFile> lockOf(const fs::path& file) {
    auto lock = std::make_unique<QLockFile>(QString::fromStdString(file.string() + lockEnding));
    // A lock is stale when its program is gone, however old it is.
    lock->setStaleLockTime(0);
    return lock;
}

/// Newest first.
std::vector<fs::path> sessionsIn(const fs::path& folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        std::error_code ignored;
        if (entry.path().extension() == ending && entry.is_regular_file(ignored))
            found.emplace_back(entry.last_write_time(ignored), entry.path());
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    std::vector<fs::path> files;
    files.reserve(found.size());
    for (const auto& [time, path] : found)
        files.push_back(path);
    return files;
}

/// Another name in the same folder, with a number where that is taken.
fs::path keepAside(const fs::path& file) {
    std::error_code error;
    fs::path aside = file.string() + damagedEnding;
    constexpr int most = 100;
    for (int number = 2; fs::exists(aside, error) && number < most; ++number)
        aside = file.string() + "-" + std::to_string(number) + damagedEnding;
    fs::rename(file, aside, error);
    return error ? file : aside;
}
} // namespace

fs::path autosaveFolder() {
    const QByteArray state = qgetenv("XDG_STATE_HOME");
    const fs::path base = state.startsWith('/') // the specification ignores relative ones
                              ? fs::path(state.toStdString())
                              : fs::path(QDir::homePath().toStdString()) / ".local" / "state";
    return base / "headlight" / "autosave";
}

Autosave::Autosave(fs::path folder, std::function<Session()> session, QObject* parent)
    : QObject(parent), m_folder(std::move(folder)), m_session(std::move(session)) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(usualInterval);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::save);
    m_writer = std::make_unique<AutosaveWriter>([this](const std::string& problem) {
        QMetaObject::invokeMethod(
            this, [this, text = QString::fromStdString(problem)] { hear(text); }, Qt::QueuedConnection);
    });
    std::error_code error;
    fs::create_directories(m_folder, error);
    const std::string name = "window-" + QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    const fs::path file = m_folder / (name + ending);
    std::unique_ptr<QLockFile> lock = lockOf(file);
    if (lock->tryLock(0)) {
        m_lock = std::move(lock);
        m_file = file;
        fs::permissions(m_folder, fs::perms::owner_all, error); // what is typed is nobody else's business
    }
}

Autosave::~Autosave() = default;

Autosave::Restored Autosave::restore() {
    Restored restored;
    for (const fs::path& file : sessionsIn(m_folder)) {
        if (file == m_file)
            continue;
        std::unique_ptr<QLockFile> lock = lockOf(file);
        if (!lock->tryLock(0))
            continue; // another window is at work on it
        try {
            restored.session = readSession(file);
        } catch (const FileError&) {
            if (!fs::exists(file))
                continue; // its window closed it a moment ago
            restored.remark = tr("What you were working on could not be read; it was kept as %1.")
                                  .arg(QString::fromStdString(keepAside(file).string()));
            continue;
        }
        m_lock = std::move(lock); // gives the lock of the unused name back
        m_file = file;
        restored.remark = restored.remark.isEmpty()
                              ? tr("Restored what you were working on.")
                              : tr("Restored what you were working on. %1").arg(restored.remark);
        break;
    }
    return restored;
}

int Autosave::leftBehind() const {
    int count = 0;
    for (const fs::path& file : sessionsIn(m_folder))
        if (file != m_file && lockOf(file)->tryLock(0)) // given back at once
            ++count;
    return count;
}

void Autosave::note() {
    if (m_finished || m_file.empty())
        return;
    if (!m_timer.isActive())
        m_timer.start();
}

void Autosave::save() {
    m_writer->write(m_file, m_session());
}

void Autosave::hear(const QString& problem) {
    if (m_finished)
        return;
    const bool failing = !problem.isEmpty();
    if (failing && !m_failing)
        Q_EMIT failed(tr("What you do is not being saved: %1").arg(problem));
    m_failing = failing;
    if (!failing)
        Q_EMIT saved();
}

void Autosave::finish() {
    m_finished = true;
    m_timer.stop();
    m_writer->waitUntilIdle();
    if (m_file.empty())
        return;
    std::error_code error;
    fs::remove(m_file, error);
    m_lock->unlock();
    m_file.clear();
}

} // namespace headlight
