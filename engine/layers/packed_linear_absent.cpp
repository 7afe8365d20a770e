#include "engine/layers/linear.h"
#include "engine/layers/packed_linear.h"

namespace headlight {

struct PackedLinear::Implementation {};

PackedLinear::PackedLinear(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation)) {}
PackedLinear::~PackedLinear() = default;

std::unique_ptr<PackedLinear> PackedLinear::make(const Matrix<float>&, const Matrix<float>*) {
    return nullptr;
}
Index PackedLinear::paddedRows(Index n) {
    return n;
}
void PackedLinear::forward(const float*, float*, Index) const {}

int packedThreads(Index, Index, Index) {
    return 1;
}
bool packingWins() {
    return false;
}
std::string packedBackendName() {
    return {};
}

} // namespace headlight
