#pragma once

#include "engine/core/matrix.h"

#include <string>
#include <utility>
#include <vector>

namespace headlight {

/// One trained array. Vectors (biases, norms) are stored as (1, d).
template <class T>
struct Parameter {
    std::string name; ///< the tensor's name on disk: "bert.embeddings.word_embeddings.weight"
    Matrix<T> value;
    std::vector<int64_t> shape; ///< on disk: (d) for vectors, (rows, columns) for matrices
    int index = -1;             ///< place in the model's list of parameters, and in a list of gradients
    bool decay = true;          ///< weight decay applies (not to biases and norms)
};

/// One gradient a parameter, in the same order: what a backward pass adds to.
template <class T>
using Gradients = std::vector<Matrix<T>>;

} // namespace headlight
