#include "engine/files/atomic_file.h"
#include "tests/files/file_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace headlight;
using namespace headlight::testing;
namespace fs = std::filesystem;

class AtomicFileTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    /// Everything in the folder, hidden files included.
    QStringList names(const QString& folder) const {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

private slots:
    void aNewFileIsThereWholeAndAlone() {
        const fs::path folder = path("new");
        fs::create_directory(folder);
        writeFileAtomically(folder / "a.txt", "first\n");
        QCOMPARE(readTextFile(folder / "a.txt", 100), std::string("first\n"));
        writeFileAtomically(folder / "a.txt", "second, longer than the first\n");
        QCOMPARE(readTextFile(folder / "a.txt", 100), std::string("second, longer than the first\n"));
        writeFileAtomically(folder / "a.txt", std::string_view());
        QCOMPARE(readTextFile(folder / "a.txt", 100), std::string());
        QCOMPARE(names(QString::fromStdString(folder.string())), QStringList{"a.txt"});
    }

    void piecesAreWrittenOneAfterAnother() {
        const std::array pieces{bytesOf("one "), bytesOf(""), bytesOf("two")};
        writeFileAtomically(path("pieces"), std::span<const std::span<const std::byte>>(pieces));
        QCOMPARE(readTextFile(path("pieces"), 100), std::string("one two"));
    }

    void aRefusedWriteLeavesTheOldFile() {
        const fs::path folder = path("refused");
        fs::create_directory(folder);
        fs::create_directory(folder / "inner");
        QVERIFY(isSentenceAbout(refusal([&] { writeFileAtomically(folder / "inner", "new"); }), "inner"));
        QVERIFY(isSentenceAbout(refusal([&] { writeFileAtomically(folder / "none" / "a.txt", "new"); }),
                                "a.txt"));
        QCOMPARE(names(QString::fromStdString(folder.string())), QStringList{"inner"});
    }

    /// The disk fills up in the middle of a write: a limit on the size of files stands in for it.
    void aBrokenWriteLeavesTheOldFile() {
        const fs::path folder = path("broken");
        fs::create_directory(folder);
        const std::string longName(250, 'n');
        writeFileAtomically(folder / longName, "old");

        rlimit usual{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
        const auto usualHandler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{1000, usual.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const std::string said =
            refusal([&] { writeFileAtomically(folder / longName, std::string(5000, 'x')); });
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &usual), 0);
        std::signal(SIGXFSZ, usualHandler);

        QVERIFY2(isSentenceAbout(said, longName), said.c_str());
        QCOMPARE(readTextFile(folder / longName, 100), std::string("old"));
        QCOMPARE(names(QString::fromStdString(folder.string())).size(), 1);
    }

    void permissionsAndLinksAreKept() {
        const fs::path file = path("private");
        writeFileAtomically(file, "old");
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        fs::create_symlink("private", path("link"));
        writeFileAtomically(path("link"), "new");
        QVERIFY(fs::is_symlink(path("link")));
        QCOMPARE(readTextFile(file, 100), std::string("new"));
        QCOMPARE(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    }

    void onlyRegularFilesAreRead() {
        QVERIFY(isSentenceAbout(refusal([&] { readTextFile(path("missing"), 100); }), "missing"));
        QVERIFY(isSentenceAbout(refusal([&] { readTextFile(m_folder.path().toStdString(), 100); }),
                                "is a folder"));
        QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
        QVERIFY(isSentenceAbout(refusal([&] { readTextFile(path("pipe"), 100); }), "not a regular file"));
        QVERIFY(
            isSentenceAbout(refusal([&] { writeFileAtomically(path("pipe"), "x"); }), "not a regular file"));
        QVERIFY(fs::is_fifo(path("pipe")));
        writePlainFile(QString::fromStdString(path("long").string()), std::string(101, 'x'));
        QVERIFY(isSentenceAbout(refusal([&] { readTextFile(path("long"), 100); }), "101 bytes"));
        QCOMPARE(readTextFile(path("long"), 101).size(), size_t{101});
    }
};

QTEST_APPLESS_MAIN(AtomicFileTest)
#include "atomic_file_test.moc"
