#include "engine/core/errors.h"
#include "engine/files/model_folder.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

using namespace headlight;

namespace {

/// One folder for the whole run, refilled for every input.
const std::filesystem::path& folder() {
    static const std::filesystem::path* const path = [] {
        std::string name = (std::filesystem::temp_directory_path() / "model_folder_fuzz_XXXXXX").string();
        if (!mkdtemp(name.data()))
            std::abort();
        std::atexit([] { std::filesystem::remove_all(folder()); });
        return new std::filesystem::path(name); // never destroyed: the clean-up at exit still needs it
    }();
    return *path;
}

void put(const char* name, std::string_view bytes) {
    std::ofstream(folder() / name, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

/// The input up to its first newline as config.json, the rest as model.safetensors.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const size_t cut = std::min(input.find('\n'), input.size());
    put("config.json", input.substr(0, cut));
    put("model.safetensors", input.substr(std::min(cut + 1, input.size())));
    const auto mayRefuse = [](auto action) {
        try {
            action();
        } catch (const FileError&) {
        }
    };
    mayRefuse([&] {
        const ModelFolder model = ModelFolder::open(folder());
        for (const auto& [key, value] : model.config().items()) {
            const std::string& name = key;
            mayRefuse([&] { model.integer(name, -5, 100'000); });
            mayRefuse([&] { model.number(name, -1e9, 1e9, 0); });
            mayRefuse([&] { model.text(name, ""); });
            mayRefuse([&] { model.file(name); });
        }
        for (const auto& [name, entry] : model.weights().tensors()) {
            const std::string& tensor = name;
            mayRefuse([&] { model.weights().read(tensor); });
        }
    });
    return 0;
}
