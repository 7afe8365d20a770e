#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headlight {

/// Which stack of blocks an attention site belongs to.
enum class Stack { encoder, decoder, cross };

/// One head of one attention site. Written `encoder.1.head.2` in files and commands, `L1 H2` on screen; both
/// count from 0.
struct HeadAddress {
    Stack stack = Stack::encoder;
    int layer = 0;
    int head = 0;
    friend bool operator==(const HeadAddress&, const HeadAddress&) = default;
};

std::string_view toString(Stack stack);
std::optional<Stack> parseStack(std::string_view name);
std::string toString(const HeadAddress& address);
/// Nothing when the text is not an address; whether the model has that head is not asked here.
std::optional<HeadAddress> parseHeadAddress(std::string_view text);

} // namespace headlight
