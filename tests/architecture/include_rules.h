#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

/// The rules of the house about who may include whom (rule 1 in README, "The house"), read from the sources
/// as text.
namespace headlight::architecture {

/// A source file: its path from the root of the repository, and what it holds.
struct Source {
    QString path;
    QByteArray content;
};

/// One #include line.
struct Include {
    int line = 0; ///< from 1
    QString name; ///< between the quotes or angle brackets
    bool quoted = false;
};

QList<Include> includesOf(const QByteArray& content);

/// Which folders a folder of the engine may include, besides itself.
const QMap<QString, QStringList>& engineRules();

/// Everything that breaks a rule, one line each: "ui/main_map.cpp:7: includes <Eigen/Core>: there is no Eigen
/// in ui". Looks at .cpp and .h files under app/, ui/ and engine/.
QStringList violations(const QList<Source>& sources);

/// Longest source file that is allowed, in lines.
constexpr int longestFile = 500;

} // namespace headlight::architecture
