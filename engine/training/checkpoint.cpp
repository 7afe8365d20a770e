#include "engine/training/checkpoint.h"

#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/files/safetensors.h"

#include <array>
#include <charconv>

namespace headlight {

namespace {
constexpr const char* formatName = "headlight-checkpoint-1";

std::span<const float> numbers(const Matrix<float>& matrix) {
    return {matrix.data(), static_cast<size_t>(matrix.size())};
}

std::string requiredText(const SafetensorsFile& file, const std::string& key) {
    const auto found = file.metadata().find(key);
    if (found == file.metadata().end())
        throw FileError(file.name(), "this is not a training checkpoint (it has no \"" + key + "\")");
    return found->second;
}

template <class Number>
Number requiredNumber(const SafetensorsFile& file, const std::string& key) {
    const std::string text = requiredText(file, key);
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !(number >= 0))
        throw FileError(file.name(), "\"" + key + "\" is \"" + text + "\" where a number is expected");
    return number;
}

Gradients<float> readAll(const SafetensorsFile& file, const std::string& prefix,
                         const std::vector<Parameter<float>*>& parameters) {
    Gradients<float> result;
    for (const Parameter<float>* parameter : parameters) {
        const Tensor<float> tensor = file.read(prefix + parameter->name, parameter->shape);
        result.push_back(Eigen::Map<const Matrix<float>>(tensor.values().data(), parameter->value.rows(),
                                                         parameter->value.cols()));
    }
    return result;
}
/// The shortest text that reads back as the same number, with a point in every locale.
std::string decimal(double number) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}
} // namespace

void writeCheckpoint(const std::filesystem::path& path, const std::vector<Parameter<float>*>& parameters,
                     const AdamW<float>& optimiser, const CheckpointState& state) {
    SafetensorsWriter writer;
    for (size_t i = 0; i < parameters.size(); ++i) {
        const Parameter<float>& parameter = *parameters[i];
        writer.add("parameter." + parameter.name, parameter.shape, numbers(parameter.value));
        writer.add("first_moment." + parameter.name, parameter.shape, numbers(optimiser.firstMoments()[i]));
        writer.add("second_moment." + parameter.name, parameter.shape, numbers(optimiser.secondMoments()[i]));
    }
    writer.setMetadata("format", formatName);
    writer.setMetadata("identity", state.identity);
    writer.setMetadata("task", state.task);
    writer.setMetadata("steps", std::to_string(optimiser.steps()));
    writer.setMetadata("seconds", decimal(state.seconds));
    writer.setMetadata("recent_loss", decimal(state.recent.loss));
    writer.setMetadata("recent_weight", decimal(state.recent.weight));
    writer.setMetadata("recent_targets", std::to_string(state.recent.targets));
    writer.setMetadata("recent_correct", std::to_string(state.recent.correct));
    writer.write(path);
}

CheckpointState readCheckpoint(const std::filesystem::path& path, const std::string& identity,
                               const std::vector<Parameter<float>*>& parameters, AdamW<float>& optimiser) {
    const std::shared_ptr<const SafetensorsFile> file = SafetensorsFile::open(path);
    if (requiredText(*file, "format") != formatName)
        throw FileError(file->name(), "this is not a training checkpoint");
    CheckpointState state;
    state.identity = requiredText(*file, "identity");
    if (state.identity != identity)
        throw FileError(file->name(), "this checkpoint belongs to another training (" + state.identity +
                                          ", not " + identity +
                                          "); finish that one, or delete the file to start afresh");
    state.task = requiredText(*file, "task");
    state.seconds = requiredNumber<double>(*file, "seconds");
    state.recent.loss = requiredNumber<double>(*file, "recent_loss");
    state.recent.weight = requiredNumber<double>(*file, "recent_weight");
    state.recent.targets = requiredNumber<int64_t>(*file, "recent_targets");
    state.recent.correct = requiredNumber<int64_t>(*file, "recent_correct");
    const auto steps = requiredNumber<int64_t>(*file, "steps");
    const Gradients<float> values = readAll(*file, "parameter.", parameters);
    Gradients<float> first = readAll(*file, "first_moment.", parameters);
    Gradients<float> second = readAll(*file, "second_moment.", parameters);
    for (size_t i = 0; i < parameters.size(); ++i)
        parameters[i]->value = values[i];
    optimiser.restore(steps, std::move(first), std::move(second));
    return state;
}

} // namespace headlight
