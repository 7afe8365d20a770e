#pragma once

#include "engine/models/site_parameters.h"

namespace headlight {

/// A model that adds a trained vector a position to those of its words. Models that tell positions apart in
/// another way are none.
class HasPositionTable {
public:
    HasPositionTable() = default;
    HasPositionTable(const HasPositionTable&) = delete;
    HasPositionTable& operator=(const HasPositionTable&) = delete;
    virtual ~HasPositionTable() = default;

    /// (positions, D), as its forward pass uses it.
    virtual ParameterView positionTable() const = 0;
};

} // namespace headlight
