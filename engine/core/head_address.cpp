#include "engine/core/head_address.h"

#include <array>
#include <charconv>

namespace headlight {

namespace {
struct StackName {
    Stack stack;
    std::string_view name;
};
constexpr std::array stackNames{StackName{Stack::encoder, "encoder"}, StackName{Stack::decoder, "decoder"},
                                StackName{Stack::cross, "cross"}};

std::optional<int> parseNumber(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}
} // namespace

std::string_view toString(Stack stack) {
    for (const StackName& entry : stackNames)
        if (entry.stack == stack)
            return entry.name;
    return {};
}

std::optional<Stack> parseStack(std::string_view name) {
    for (const StackName& entry : stackNames)
        if (entry.name == name)
            return entry.stack;
    return std::nullopt;
}

std::string toString(const HeadAddress& address) {
    return std::string(toString(address.stack)) + "." + std::to_string(address.layer) + ".head." +
           std::to_string(address.head);
}

std::optional<HeadAddress> parseHeadAddress(std::string_view text) {
    constexpr std::string_view separator = ".head.";
    const size_t firstDot = text.find('.');
    const size_t middle = text.find(separator);
    if (firstDot == std::string_view::npos || middle == std::string_view::npos || middle <= firstDot)
        return std::nullopt;
    const auto stack = parseStack(text.substr(0, firstDot));
    const auto layer = parseNumber(text.substr(firstDot + 1, middle - firstDot - 1));
    const auto head = parseNumber(text.substr(middle + separator.size()));
    if (!stack || !layer || !head)
        return std::nullopt;
    return HeadAddress{*stack, *layer, *head};
}

} // namespace headlight
