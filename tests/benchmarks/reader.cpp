#include "tests/benchmarks/reader.h"

#include <cstdlib>

namespace headlight::benchmarks {

std::shared_ptr<const LoadedModel> reader() {
    static const std::shared_ptr<const LoadedModel> loaded = [] {
        const char* other = std::getenv("HEADLIGHT_BENCHMARK_MODEL");
        return LoadedModel::load(other ? other : "reader");
    }();
    return loaded;
}

std::string textOf(const LoadedModel& model, size_t tokens) {
    std::string text;
    while (model.tokenizer->encode(text).tokens.size() < tokens)
        text += text.empty() ? "The animal didn't cross the street because it was too tired."
                             : " The child put the book on the table before it went to the garden.";
    return text.substr(0, model.tokenizer->encode(text, {}, tokens).bytesRead);
}

} // namespace headlight::benchmarks
