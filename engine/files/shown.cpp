#include "engine/files/shown.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headlight {

std::string shown(std::string_view name) {
    constexpr size_t longest = 80;
    std::string_view beginning = name.substr(0, longest);
    if (name.size() > longest)
        while (!beginning.empty() && (static_cast<unsigned char>(name[beginning.size()]) & 0xC0U) == 0x80U)
            beginning.remove_suffix(1);
    std::string text =
        nlohmann::json(beginning).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (name.size() > longest)
        text += "...";
    return text;
}

std::string shown(const std::vector<int64_t>& shape) {
    constexpr size_t most = 8;
    std::string text = "(";
    for (size_t i = 0; i < std::min(shape.size(), most); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    return text + (shape.size() > most ? ", ...)" : ")");
}

} // namespace headlight
