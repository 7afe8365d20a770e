#pragma once

#include "engine/core/token.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace headlight {

inline nlohmann::json readJson(const std::string& file) {
    std::ifstream stream(file);
    if (!stream)
        throw std::runtime_error("cannot open " + file);
    return nlohmann::json::parse(stream);
}

inline std::vector<std::string> piecesOf(const std::vector<Token>& tokens) {
    std::vector<std::string> pieces;
    for (const Token& token : tokens)
        pieces.push_back(token.piece);
    return pieces;
}

inline std::vector<int> idsOf(const std::vector<Token>& tokens) {
    std::vector<int> ids;
    for (const Token& token : tokens)
        ids.push_back(token.id);
    return ids;
}

inline std::vector<int> typesOf(const std::vector<Token>& tokens) {
    std::vector<int> types;
    for (const Token& token : tokens)
        types.push_back(token.text);
    return types;
}

/// Compares two sequences element by element; empty when they are equal, else the first difference.
template <class T>
std::string difference(const std::string& what, const std::vector<T>& found, const std::vector<T>& expected) {
    for (size_t index = 0; index < std::max(found.size(), expected.size()); ++index) {
        if (index < found.size() && index < expected.size() && found[index] == expected[index])
            continue;
        std::ostringstream message;
        message << what << ", index " << index << ": found ";
        index < found.size() ? message << '"' << found[index] << '"' : message << "the end";
        message << ", expected ";
        index < expected.size() ? message << '"' << expected[index] << '"' : message << "the end";
        return message.str();
    }
    return {};
}

} // namespace headlight
