#include "engine/files/safetensors.h"

#include <bit>

namespace headlight {

// binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. binary32: 1, 8 (bias 127), 23.

float halfToFloat(uint16_t half) {
    const uint32_t sign = static_cast<uint32_t>(half & 0x8000U) << 16U;
    const uint32_t exponent = (half >> 10U) & 0x1FU;
    const uint32_t fraction = half & 0x3FFU;
    if (exponent == 0) { // zero or subnormal: fraction * 2^-24, exact in float
        const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
        return sign != 0 ? -magnitude : magnitude;
    }
    const uint32_t floatExponent = exponent == 0x1FU ? 0xFFU : exponent + 127 - 15;
    return std::bit_cast<float>(sign | (floatExponent << 23U) | (fraction << 13U));
}

uint16_t floatToHalf(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    const uint32_t sign = (bits >> 16U) & 0x8000U;
    const uint32_t magnitude = bits & 0x7FFFFFFFU;
    if (magnitude > 0x7F800000U) { // NaN: keep the top of its payload, and keep it a NaN
        const uint32_t payload = (magnitude >> 13U) & 0x3FFU;
        return static_cast<uint16_t>(sign | 0x7C00U | (payload != 0 ? payload : 0x200U));
    }
    if (magnitude >= 0x47800000U) // 2^16 and above
        return static_cast<uint16_t>(sign | 0x7C00U);

    uint32_t kept = 0;
    uint32_t dropped = 0;           // the bits below `kept`, left-aligned in 32 bits
    if (magnitude >= 0x38800000U) { // 2^-14 and above: a normal half
        const uint32_t rebiased = magnitude - (static_cast<uint32_t>(127 - 15) << 23U);
        kept = rebiased >> 13U;
        dropped = rebiased << 19U;
    } else {
        const uint32_t shift = 126 - (magnitude >> 23U); // of the 24-bit significand, to units of 2^-24
        if (shift > 24)
            return static_cast<uint16_t>(sign);
        const uint32_t significand = (magnitude & 0x7FFFFFU) | 0x800000U;
        kept = significand >> shift;
        dropped = significand << (32 - shift);
    }
    constexpr uint32_t tie = 0x80000000U;
    if (dropped > tie || (dropped == tie && (kept & 1U) != 0))
        ++kept; // a carry into the exponent is right: the next number up
    return static_cast<uint16_t>(sign | kept);
}

} // namespace headlight
