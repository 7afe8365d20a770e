#pragma once

#include "ui/autosave/autosave_writer.h"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace headlight {

/// $XDG_STATE_HOME/headlight/autosave, or ~/.local/state/headlight/autosave.
std::filesystem::path autosaveFolder();

/// Keeps what one window works on in a session file of its own, at most a second behind, so that a program
/// that ends badly loses nothing. A lock file beside it says that the window is still there; a file whose
/// lock is free was left behind by a window that crashed.
class Autosave : public QObject {
    Q_OBJECT
public:
    /// `session` gives what is to be saved, on the window's thread. The folder is made when it is missing.
    Autosave(std::filesystem::path folder, std::function<Session()> session, QObject* parent = nullptr);
    /// Without finish(), the file stays, as after a crash.
    ~Autosave() override;

    /// What a window that crashed was showing, if there is one: the newest such file, which from now on is
    /// this window's own. A file that cannot be read is kept as *.damaged, and `remark` says so.
    struct Restored {
        std::optional<Session> session;
        QString remark; ///< a sentence for people; empty: nothing to say
    };
    Restored restore();
    /// How many more there are, for other windows to restore.
    int leftBehind() const;

    /// Something has changed: it is on the disk in less than a second, with everything that changes until
    /// then.
    void note();
    /// The window is closed by its user: nothing has to be restored.
    void finish();

    /// For tests; a second is the longest that a person may lose.
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }
    const std::filesystem::path& file() const { return m_file; }

Q_SIGNALS:
    void saved();
    /// Once, in one sentence, until saving works again.
    void failed(const QString& sentence);

private:
    void save();
    void hear(const QString& problem);

    std::filesystem::path m_folder;
    std::filesystem::path m_file; ///< empty: no lock could be had, nothing is saved
    std::unique_ptr<QLockFile> m_lock;
    std::function<Session()> m_session;
    QTimer m_timer;
    bool m_finished = false;
    bool m_failing = false;
    std::unique_ptr<AutosaveWriter> m_writer; ///< last
};

} // namespace headlight
