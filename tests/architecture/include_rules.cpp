#include "tests/architecture/include_rules.h"

#include <QRegularExpression>
#include <QSet>

namespace headlight::architecture {

namespace {

/// Files that know the operating system.
const QStringList systemFiles = {"engine/files/mapped_file.cpp", "engine/session/platform.cpp"};
/// The one file that knows oneDNN, and the one wrapper of QCustomPlot's header.
const QString onednnFile = "engine/layers/packed_linear_onednn.cpp";
const QString plotWrapper = "ui/look/custom_plot.h";

bool isQt(const Include& include) {
    static const QRegularExpression qt("^(Q[A-Za-z]+(/.*)?|q[a-z]+\\.h|qcustomplot\\.h)$");
    return qt.match(include.name).hasMatch();
}

bool isPosix(const Include& include) {
    static const QRegularExpression posix(
        "^(sys/.*|unistd\\.h|fcntl\\.h|pthread\\.h|sched\\.h|dlfcn\\.h|poll\\.h|linux/"
        ".*|pwd\\.h|signal\\.h|syslog\\.h)$");
    return posix.match(include.name).hasMatch();
}

bool isEigen(const Include& include) {
    return include.name.startsWith("Eigen/") || include.name.startsWith("unsupported/Eigen/");
}

/// "engine/core" of "engine/core/matrix.h"; "" for files of no folder of the engine.
QString engineFolder(const QString& path) {
    const QStringList parts = path.split('/');
    return parts.size() >= 3 && parts[0] == "engine" ? parts[1] : QString();
}

/// Why this file may not include this; empty when it may.
QString objection(const QString& path, const Include& include) {
    const QString top = path.section('/', 0, 0);
    const QString target = include.name.section('/', 0, 0);
    const QString own = engineFolder(path);

    if (include.name.startsWith("../") || include.name.contains("/../"))
        return "includes are written from the root";
    if (target == "tests")
        return "the program does not include its tests";
    if (top != "app" && target == "app")
        return top + " does not include app";
    if (top == "engine" && target == "ui")
        return "the engine does not include ui";
    if (top == "engine" && isQt(include))
        return "there is no Qt in the engine";
    if (top != "engine" && isEigen(include))
        return "there is no Eigen in " + top;
    if (include.name.startsWith("dnnl") && path != onednnFile)
        return "only " + onednnFile + " knows oneDNN";
    if (include.name == "qcustomplot.h" && path != plotWrapper)
        return "qcustomplot.h is included through " + plotWrapper;
    if (top != "app" && isPosix(include) && !systemFiles.contains(path))
        return "only " + systemFiles.join(" and ") + " know the operating system";
    if (path.startsWith("ui/paint/") && (include.name == "QWidget" || include.name.startsWith("QtWidgets")))
        return "ui/paint works without widgets";

    if (!own.isEmpty() && target == "engine") {
        const QString other = engineFolder(include.name);
        if (!engineRules().contains(own))
            return "engine/" + own + " has no line in the table of tests/architecture/include_rules.cpp";
        if (other != own && !engineRules()[own].contains(other))
            return "engine/" + own + " may include " +
                   (engineRules()[own].isEmpty() ? QString("nothing of the engine")
                                                 : engineRules()[own].join(", ")) +
                   ", not engine/" + other;
    }
    return {};
}

/// Follows includes from one file of ui or app to Eigen, through the project's headers; the files on the way,
/// or nothing.
QStringList wayToEigen(const QString& path, const QMap<QString, QList<Include>>& all, QSet<QString>& seen) {
    for (const Include& include : all.value(path)) {
        if (isEigen(include))
            return {include.name};
        if (!include.quoted || seen.contains(include.name) || !all.contains(include.name))
            continue;
        seen.insert(include.name);
        const QStringList rest = wayToEigen(include.name, all, seen);
        if (!rest.isEmpty())
            return QStringList(include.name) + rest;
    }
    return {};
}

/// Printing and ending the process are the program's business, not the engine's.
QStringList callsThatTheProgramMakes(const Source& source) {
    static const QRegularExpression call(
        "(\\bstd::(cout|cerr|clog)\\b|"
        "(?<![A-Za-z0-9_.>])(v?f?printf|f?puts|putchar|abort|exit|_exit|quick_exit|terminate)\\s*\\()");
    QStringList found;
    int number = 0;
    for (const QByteArray& line : source.content.split('\n')) {
        ++number;
        const QString code = QString::fromUtf8(line).section("//", 0, 0);
        const QRegularExpressionMatch match = call.match(code);
        if (match.hasMatch())
            found.append(QString("%1:%2: %3: the engine neither prints nor ends the program")
                             .arg(source.path)
                             .arg(number)
                             .arg(match.captured(1)));
    }
    return found;
}

} // namespace

const QMap<QString, QStringList>& engineRules() {
    static const QMap<QString, QStringList> rules = {
        {"core", {}},
        {"ops", {"core"}},
        {"trace", {"core", "edits"}},
        {"files", {"core", "edits", "trace"}},
        {"text", {"core", "files"}},
        {"layers", {"core", "ops"}},
        {"attention", {"core", "edits", "ops", "layers", "trace"}},
        {"models", {"core", "edits", "ops", "layers", "attention", "files", "trace"}},
        {"explain", {"core", "edits", "trace", "text", "models"}},
        {"metrics", {"core", "edits", "trace", "models"}},
        {"training", {"core", "edits", "ops", "layers", "attention", "models", "text", "files"}},
        {"session", {"core", "edits", "models", "text", "files", "trace", "explain"}},
        {"experiments",
         {"core", "edits", "ops", "layers", "attention", "models", "text", "files", "trace", "explain",
          "metrics", "training"}},
        {"edits", {"core"}},
    };
    return rules;
}

QList<Include> includesOf(const QByteArray& content) {
    static const QRegularExpression pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    QList<Include> found;
    int number = 0;
    for (const QByteArray& line : content.split('\n')) {
        ++number;
        const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(line));
        if (match.hasMatch())
            found.append({number, match.captured(2), match.captured(1) == "\""});
    }
    return found;
}

QStringList violations(const QList<Source>& sources) {
    QStringList found;
    QMap<QString, QList<Include>> all;
    for (const Source& source : sources)
        all.insert(source.path, includesOf(source.content));

    for (const Source& source : sources) {
        for (const Include& include : all[source.path]) {
            const QString reason = objection(source.path, include);
            const QString shown = include.quoted ? '"' + include.name + '"' : '<' + include.name + '>';
            if (!reason.isEmpty())
                found.append(
                    QString("%1:%2: includes %3: %4").arg(source.path).arg(include.line).arg(shown, reason));
        }
        if (!source.path.startsWith("engine/")) {
            for (const Include& include : all[source.path]) {
                QSet<QString> seen = {include.name};
                const QStringList way = include.quoted ? wayToEigen(include.name, all, seen) : QStringList();
                if (!way.isEmpty())
                    found.append(QString("%1:%2: includes \"%3\", which brings Eigen along (%4)")
                                     .arg(source.path)
                                     .arg(include.line)
                                     .arg(include.name, way.join(" > ")));
            }
        }
        if (source.path.startsWith("engine/"))
            found += callsThatTheProgramMakes(source);
        const qsizetype lines = source.content.count('\n');
        if (lines > longestFile)
            found.append(QString("%1:%2: longer than %3 lines").arg(source.path).arg(lines).arg(longestFile));
        if (source.path.endsWith(".h") && !source.content.startsWith("#pragma once\n"))
            found.append(QString("%1:1: a header starts with #pragma once").arg(source.path));
    }
    return found;
}

} // namespace headlight::architecture
