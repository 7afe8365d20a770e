#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"
#include "engine/text/registry.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <ostream>

namespace headlight {

namespace {
void printText(const std::vector<Token>& tokens, std::ostream& out) {
    size_t width = 0;
    for (const Token& token : tokens)
        width = std::max(width, characterCount(token.piece));
    for (const Token& token : tokens)
        out << padded(token.piece, width) << "  " << padded(std::to_string(token.id), 6) << "  "
            << token.bytes.begin << "-" << token.bytes.end << "\n";
}

void run(const Arguments& arguments, Streams& streams) {
    const auto tokenizer = loadTokenizer(modelFolderOf(arguments.value("model", {})));
    const std::string text = textOf(arguments, streams);
    if (const std::optional<size_t> at = firstInvalidUtf8(text))
        throw RequestError("The text is not UTF-8: byte " + std::to_string(*at) + " does not belong there");
    const std::vector<Token> tokens = tokenizer->pieces(text);
    if (!arguments.has("json")) {
        printText(tokens, streams.out);
        return;
    }
    nlohmann::ordered_json json;
    for (const char* list : {"tokens", "ids", "offsets", "ids_with_special"})
        json[list] = nlohmann::ordered_json::array();
    for (const Token& token : tokens) {
        json["tokens"].push_back(token.piece);
        json["ids"].push_back(token.id);
        json["offsets"].push_back({token.bytes.begin, token.bytes.end});
    }
    for (const Token& token : tokenizer->encode(text).tokens)
        json["ids_with_special"].push_back(token.id);
    streams.out << jsonText(json) << "\n";
}
} // namespace

Command tokenizeCommand() {
    return {
        "tokenize",
        "The pieces a model makes of a text, their ids and their bytes in it; tokenizer files alone will do.",
        {},
        {{"model", "M", "a bundled model, or a folder with tokenizer files", true},
         textOption(),
         jsonOption()},
        run};
}

} // namespace headlight
