#include "engine/files/model_folder.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/checked_json.h"
#include "engine/files/shown.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace headlight {

namespace {

namespace fs = std::filesystem;

constexpr size_t largestConfig = 4'000'000;
constexpr const char* weightFile = "model.safetensors";

bool isInside(const fs::path& path, const fs::path& folder) {
    const auto [inFolder, inPath] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return inFolder == folder.end() && inPath != path.end();
}

/// In a Hugging Face cache, `models--org--name/snapshots/revision/...`: the folder `models--org--name`; else
/// empty.
fs::path cacheOf(const fs::path& folder) {
    for (fs::path inner = folder; inner.has_relative_path(); inner = inner.parent_path())
        if (inner.parent_path().filename() == "snapshots" &&
            inner.parent_path().parent_path().filename().string().starts_with("models--"))
            return inner.parent_path().parent_path();
    return {};
}

std::string nameOf(const fs::path& folder) {
    const fs::path canonical = fs::canonical(folder);
    if (const fs::path cache = cacheOf(canonical); !cache.empty()) {
        const std::string name = cache.filename().string();
        return name.substr(name.rfind("--") + 2);
    }
    fs::path given = fs::absolute(folder).lexically_normal();
    if (!given.has_filename())
        given = given.parent_path();
    return given.has_filename() ? given.filename().string() : canonical.filename().string();
}

bool isPickle(const fs::path& file) {
    constexpr std::array extensions{".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"};
    return std::find(extensions.begin(), extensions.end(), file.extension().string()) != extensions.end();
}

/// What to say about a folder without model.safetensors.
std::string whyNoWeights(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder / "model.safetensors.index.json", error))
        return "its weights are split over several files, which Headlight does not read; save them as one "
               "file with "
               "save_pretrained(folder, max_shard_size=\"1TB\") in Python";
    std::vector<std::string> pickles;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (isPickle(entry->path()))
            pickles.push_back(entry->path().filename().string());
    if (pickles.empty())
        return std::string("has no weights: there is no ") + weightFile + " in it";
    const std::string& pickle = *std::min_element(pickles.begin(), pickles.end());
    return "has its weights only in " + shown(pickle) +
           ", a pickle file: opening one can run any program that is hidden in it, so Headlight never does; "
           "convert it "
           "where you trust it, with AutoModel.from_pretrained(folder).save_pretrained(folder, "
           "safe_serialization=True) in Python";
}

/// The member, or null when it is absent or JSON's null.
const nlohmann::json* member(const nlohmann::json& config, const std::string& key) {
    const auto found = config.find(key);
    return found == config.end() || found->is_null() ? nullptr : &*found;
}

std::string shortValue(const nlohmann::json& value) {
    if (value.is_structured())
        return value.is_object() ? "an object" : "a list";
    return value.is_string() ? shown(value.get_ref<const std::string&>()) : value.dump();
}

std::string numberText(double value) {
    return nlohmann::json(value).dump();
}

} // namespace

fs::path checkedFile(const fs::path& folder, const std::string& name) {
    fs::path path = folder / name;
    std::error_code error;
    const fs::file_status own = fs::symlink_status(path, error);
    if (!fs::exists(own))
        return {};
    const fs::path target = fs::canonical(path, error);
    if (error)
        throw FileError(path.string(), "is a link that leads nowhere");
    const fs::path home = fs::canonical(folder, error);
    const fs::path cache = cacheOf(home);
    if (!error && (isInside(target, home) || (!cache.empty() && isInside(target, cache / "blobs"))))
        return path;
    throw FileError(path.string(), "is a link that leads out of the model's folder, to " + target.string() +
                                       "; such links are not followed, put a copy of the file in its place");
}

ModelFolder ModelFolder::open(const fs::path& folder) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (folder.empty())
        throw FileError("(no name)", "a model folder needs a name");
    if (!fs::exists(status))
        throw FileError(folder.string(), "there is no such model folder");
    if (!fs::is_directory(status))
        throw FileError(folder.string(),
                        "is a file; a model is a folder with config.json and " + std::string(weightFile));
    ModelFolder model;
    model.m_path = folder;
    try {
        model.m_name = nameOf(folder);
    } catch (const fs::filesystem_error& problem) {
        throw FileError(folder.string(), "cannot be opened: " + problem.code().message());
    }

    const fs::path config = model.file("config.json");
    if (config.empty())
        throw FileError(folder.string(),
                        fs::is_directory(folder / "snapshots", error)
                            ? "is a Hugging Face cache; open one of the folders in its snapshots"
                            : "is not a model folder: there is no config.json in it");
    model.m_config = parseJson(readTextFile(config, largestConfig), config.string());
    if (!model.m_config.is_object())
        throw FileError(config.string(), "is not a JSON object");

    const fs::path weights = model.file(weightFile);
    if (weights.empty())
        throw FileError(folder.string(), whyNoWeights(folder));
    model.m_weights = SafetensorsFile::open(weights);
    return model;
}

fs::path ModelFolder::file(const std::string& name) const {
    return checkedFile(m_path, name);
}

int64_t ModelFolder::integer(const std::string& key, int64_t least, int64_t most) const {
    const nlohmann::json* value = member(m_config, key);
    if (!value)
        throw FileError(configFile(), shown(key) + " is missing");
    const bool fits = value->is_number_integer() &&
                      !(value->is_number_unsigned() &&
                        value->get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
    const int64_t number = fits ? value->get<int64_t>() : 0;
    if (!fits || number < least || number > most)
        throw FileError(configFile(), shown(key) + " is " + shortValue(*value) +
                                          ", expected is a whole number from " + std::to_string(least) +
                                          " to " + std::to_string(most));
    return number;
}

int64_t ModelFolder::integer(const std::string& key, int64_t least, int64_t most, int64_t absent) const {
    return member(m_config, key) ? integer(key, least, most) : absent;
}

double ModelFolder::number(const std::string& key, double least, double most, double absent) const {
    const nlohmann::json* value = member(m_config, key);
    if (!value)
        return absent;
    const double number = value->is_number() ? value->get<double>() : 0;
    if (!value->is_number() || !(number >= least && number <= most))
        throw FileError(configFile(), shown(key) + " is " + shortValue(*value) +
                                          ", expected is a number from " + numberText(least) + " to " +
                                          numberText(most));
    return number;
}

std::string ModelFolder::text(const std::string& key, const std::string& absent) const {
    const nlohmann::json* value = member(m_config, key);
    if (!value)
        return absent;
    if (!value->is_string())
        throw FileError(configFile(), shown(key) + " is " + shortValue(*value) + ", expected is a text");
    return value->get<std::string>();
}

} // namespace headlight
