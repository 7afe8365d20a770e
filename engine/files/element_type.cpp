#include "engine/files/element_type.h"

#include <array>

namespace headlight {

namespace {
struct Row {
    ElementType type;
    std::string_view name;
    size_t size;
    bool floating;
};
constexpr std::array rows{
    Row{ElementType::f32, "F32", 4, true},   Row{ElementType::f16, "F16", 2, true},
    Row{ElementType::bf16, "BF16", 2, true}, Row{ElementType::f64, "F64", 8, true},
    Row{ElementType::i64, "I64", 8, false},  Row{ElementType::i32, "I32", 4, false},
    Row{ElementType::u8, "U8", 1, false},    Row{ElementType::boolean, "BOOL", 1, false},
};

const Row& rowOf(ElementType type) {
    for (const Row& row : rows)
        if (row.type == type)
            return row;
    return rows.front();
}
} // namespace

std::string_view elementName(ElementType type) {
    return rowOf(type).name;
}

std::optional<ElementType> parseElementType(std::string_view name) {
    for (const Row& row : rows)
        if (row.name == name)
            return row.type;
    return std::nullopt;
}

std::string elementNames() {
    std::string names;
    for (const Row& row : rows)
        names += (names.empty() ? "" : ", ") + std::string(row.name);
    return names;
}

size_t elementSize(ElementType type) {
    return rowOf(type).size;
}

bool isFloatingPoint(ElementType type) {
    return rowOf(type).floating;
}

} // namespace headlight
