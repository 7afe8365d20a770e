#pragma once

#include "engine/core/errors.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace headlight::testing {

/// The bytes of a safetensors file with this header and this data, whether or not they fit each other.
inline std::string rawSafetensors(std::string_view header, std::string_view data = {}) {
    const uint64_t length = header.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes.append(header).append(data);
}

inline std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// What the FileError says that `action` throws; empty when it throws none.
template <class Action>
std::string refusal(Action action) {
    try {
        action();
    } catch (const FileError& error) {
        return error.what();
    }
    return {};
}

/// True for a sentence about a file: its name, a colon, and something said.
inline bool isSentenceAbout(const std::string& sentence, const std::string& file) {
    return sentence.size() > file.size() + 12 && sentence.find(file) != std::string::npos &&
           sentence.find('\n') == std::string::npos;
}

inline void writePlainFile(const QString& path, std::string_view content) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content.data(), static_cast<qint64>(content.size())) !=
                                                static_cast<qint64>(content.size()))
        qFatal("cannot write %s", qPrintable(path));
}

inline std::string readPlainFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll().toStdString();
}

} // namespace headlight::testing
