#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace headlight {

/// A folder of small made-up corpora.
struct CorpusFolder {
    QTemporaryDir folder;

    std::filesystem::path path() const { return folder.path().toStdString(); }
    bool write(const QString& name, const QByteArray& content) const {
        QDir(folder.path()).mkpath(QFileInfo(name).path());
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }

    static QByteArray book() {
        return "Front matter.\r\n*** START OF THIS PROJECT GUTENBERG EBOOK A BOOK ***\r\n\r\nA BOOK\r\n\r\n"
               "Mr. Fox was _very_ tired of sitting\r\nby the river. \u201cOh dear!\u201d he said.\r\n\r\n"
               "Chapter 2\r\n\r\nThe river was wide; he didn\u2019t cross it.\r\n\r\n"
               "*** END OF THIS PROJECT GUTENBERG EBOOK A BOOK ***\r\nThe licence is here.\r\n";
    }
    /// "Sentence number 7 is here." and so on, each twice.
    static QByteArray pairs(int sentences) {
        QByteArray lines;
        for (int i = 0; i < sentences; ++i)
            for (const char* french : {"Oui.", "Non."})
                lines += "Sentence number " + QByteArray::number(i) + " is here" +
                         (french[0] == 'O' ? "." : "!") + '\t' + french + '\n';
        return lines;
    }
};

} // namespace headlight
