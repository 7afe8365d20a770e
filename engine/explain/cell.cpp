#include "engine/explain/cell.h"

#include <array>

namespace headlight {

namespace {
struct Names {
    std::string_view name, symbol;
};
/// In the order of Quantity.
constexpr std::array<Names, 28> names{
    {{"input", "x"},        {"query weight", "W_Q"},  {"query bias", "b_Q"},
     {"key weight", "W_K"}, {"key bias", "b_K"},      {"value weight", "W_V"},
     {"value bias", "b_V"}, {"output weight", "W_O"}, {"output bias", "b_O"},
     {"scale", "scale"},    {"temperature", "T"},     {"position bias", "b"},
     {"mask", "m"},         {"query", "q"},           {"key", "k"},
     {"value", "v"},        {"dot product", "q.k"},   {"scaled dot product", "q.k/sqrt(d_k)"},
     {"score", "s"},        {"row maximum", "max"},   {"shifted score", "z"},
     {"exponential", "e"},  {"row sum", "Z"},         {"weight", "a"},
     {"context", "c"},      {"joined contexts", "C"}, {"output", "o"},
     {"residual", "y"}}};
static_assert(names.size() == static_cast<size_t>(Quantity::residual) + 1);
} // namespace

std::string_view nameOf(Quantity quantity) {
    return names[static_cast<size_t>(quantity)].name;
}
std::string_view symbolOf(Quantity quantity) {
    return names[static_cast<size_t>(quantity)].symbol;
}
bool isGiven(Quantity quantity) {
    return quantity <= Quantity::mask;
}

} // namespace headlight
