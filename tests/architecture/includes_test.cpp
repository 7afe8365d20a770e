#include "tests/architecture/include_rules.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace headlight::architecture;

namespace {

QList<Source> sourcesOfTheHouse() {
    const QDir root(HEADLIGHT_SOURCE);
    QList<Source> sources;
    for (const QString top : {"app", "ui", "engine"}) {
        QDirIterator files(root.filePath(top), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                sources.append({root.relativeFilePath(file.fileName()), file.readAll()});
        }
    }
    return sources;
}

} // namespace

/// Reads every #include of the program: app -> ui -> engine, and the order of folders inside the engine.
class IncludesTest : public QObject {
    Q_OBJECT

private slots:
    void theHouseKeepsItsRules() {
        const QList<Source> sources = sourcesOfTheHouse();
        QVERIFY2(sources.size() > 30, "the sources were not found");
        const QStringList found = violations(sources);
        QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n')));
    }

    void theTableHasNoCycle() {
        // Folders leave the table once all that they may include has left it; a cycle never leaves.
        QMap<QString, QStringList> left = engineRules();
        bool some = true;
        while (some) {
            some = false;
            for (const QString& folder : left.keys()) {
                const QStringList needed = left[folder];
                const bool free = std::none_of(needed.begin(), needed.end(),
                                               [&](const QString& n) { return left.contains(n); });
                if (free) {
                    left.remove(folder);
                    some = true;
                }
            }
        }
        QVERIFY2(left.isEmpty(), qPrintable(left.keys().join(", ")));
    }

    void includeLinesAreRead() {
        const QList<Include> found = includesOf(
            "#pragma once\n\n# include <vector>\n// #include <map>\n  #include \"a/b.h\" // why\n");
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].line, 3);
        QCOMPARE(found[0].name, QString("vector"));
        QVERIFY(!found[0].quoted);
        QCOMPARE(found[1].line, 5);
        QCOMPARE(found[1].name, QString("a/b.h"));
        QVERIFY(found[1].quoted);
    }

    void badIncludesAreReported_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("expected");
        QTest::newRow("Qt in the engine")
            << "engine/core/bad.cpp" << QByteArray("\n#include <QString>\n") << "engine/core/bad.cpp:2: ";
        QTest::newRow("Qt header in small letters")
            << "engine/core/bad.cpp" << QByteArray("#include <qglobal.h>\n") << "no Qt";
        QTest::newRow("Qt by module")
            << "engine/core/bad.cpp" << QByteArray("#include <QtCore/QString>\n") << "no Qt";
        QTest::newRow("window in the engine")
            << "engine/trace/bad.cpp" << QByteArray("#include \"ui/theme/theme.h\"\n")
            << "does not include ui";
        QTest::newRow("program in the window")
            << "ui/bad.cpp" << QByteArray("#include \"app/main_window.h\"\n") << "ui does not include app";
        QTest::newRow("Eigen in the window")
            << "ui/bad.cpp" << QByteArray("#include <Eigen/Core>\n") << "no Eigen in ui";
        QTest::newRow("Eigen in the program")
            << "app/bad.cpp" << QByteArray("#include <Eigen/Core>\n") << "no Eigen in app";
        QTest::newRow("upwards in the engine")
            << "engine/ops/bad.cpp" << QByteArray("#include \"engine/models/model.h\"\n")
            << "not engine/models";
        QTest::newRow("core looks at nothing")
            << "engine/core/bad.cpp" << QByteArray("#include \"engine/ops/mask.h\"\n")
            << "nothing of the engine";
        QTest::newRow("a folder without a rule")
            << "engine/new/bad.cpp" << QByteArray("#include \"engine/core/matrix.h\"\n")
            << "no line in the table";
        QTest::newRow("printing") << "engine/core/bad.cpp"
                                  << QByteArray("\nvoid f() { std::printf(\"1\"); }\n")
                                  << "engine/core/bad.cpp:2: printf(";
        QTest::newRow("printing to a stream")
            << "engine/core/bad.cpp" << QByteArray("void f() { std::cerr << 1; }\n") << "std::cerr";
        QTest::newRow("ending the program")
            << "engine/core/bad.cpp" << QByteArray("void f() { abort(); }\n") << "ends the program";
        QTest::newRow("operating system")
            << "engine/core/bad.cpp" << QByteArray("#include <sys/mman.h>\n") << "operating system";
        QTest::newRow("oneDNN") << "engine/layers/linear.cpp" << QByteArray("#include <dnnl.hpp>\n")
                                << "oneDNN";
        QTest::newRow("widgets in paint")
            << "ui/paint/bad.h" << QByteArray("#pragma once\n#include <QWidget>\n") << "without widgets";
        QTest::newRow("from the folder")
            << "ui/bad.cpp" << QByteArray("#include \"../engine/core/token.h\"\n") << "from the root";
        QTest::newRow("no pragma once") << "ui/bad.h" << QByteArray("#include <QString>\n") << "ui/bad.h:1: ";
        QTest::newRow("long file") << "ui/bad.cpp" << QByteArray("\n").repeated(longestFile + 1)
                                   << "longer than";
    }

    void badIncludesAreReported() {
        QFETCH(QString, path);
        QFETCH(QByteArray, content);
        QFETCH(QString, expected);
        const QStringList found = violations({{path, content}});
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].contains(expected), qPrintable(found[0]));
    }

    void eigenThroughAHeaderIsReported() {
        const QList<Source> sources = {
            {"ui/map.cpp", "#include <vector>\n#include \"ui/map.h\"\n"},
            {"ui/map.h", "#pragma once\n#include \"engine/core/matrix.h\"\n"},
            {"engine/core/matrix.h", "#pragma once\n#include <Eigen/Core>\n"},
        };
        const QStringList found = violations(sources);
        QCOMPARE(found.size(), 2);
        QVERIFY2(found[0].startsWith("ui/map.cpp:2: "), qPrintable(found[0]));
        QVERIFY2(
            found[0].contains("ui/map.h\", which brings Eigen along (engine/core/matrix.h > Eigen/Core)"),
            qPrintable(found[0]));
        QVERIFY2(found[1].startsWith("ui/map.h:2: "), qPrintable(found[1]));
    }

    void goodIncludesAreNot() {
        const QList<Source> sources = {
            {"app/main.cpp",
             "#include \"app/main_window.h\"\n#include \"ui/theme/theme.h\"\n#include <QApplication>\n"},
            {"engine/models/bert.cpp",
             "#include \"engine/layers/linear.h\"\n#include <Eigen/Core>\n#include <queue>\n"
             "// printf(1)\nvoid f() { std::snprintf(b, 2, \"1\"); lane.exit(); }\n"},
            {"engine/files/mapped_file.cpp", "#include <sys/mman.h>\n"},
        };
        QCOMPARE(violations(sources), QStringList());
    }
};

QTEST_APPLESS_MAIN(IncludesTest)
#include "includes_test.moc"
