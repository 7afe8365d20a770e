#include "engine/training/everyday.h"

#include "engine/core/errors.h"
#include "engine/training/corpus_text.h"
#include "engine/training/lexicon.h"

#include <cctype>
#include <charconv>

namespace headlight {

/// In a source that the build makes of tests/golden/everyday/sentences.tsv.
extern const std::string_view everydayTable;

namespace {
bool isWordPart(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) || static_cast<unsigned char>(letter) >= 0x80;
}

/// "noun#2": the second place where the word stands, without regard to case.
std::optional<ByteRange> place(const std::string& text, std::string_view reference) {
    int wanted = 1;
    if (const size_t mark = reference.find('#'); mark != std::string_view::npos) {
        const std::string_view number = reference.substr(mark + 1);
        if (std::from_chars(number.data(), number.data() + number.size(), wanted).ec != std::errc{})
            return std::nullopt;
        reference = reference.substr(0, mark);
    }
    const std::string low = lowerCase(text), word = lowerCase(reference);
    for (size_t at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) {
        const size_t end = at + word.size();
        if ((at > 0 && isWordPart(low[at - 1])) || (end < low.size() && isWordPart(low[end])))
            continue;
        if (--wanted == 0)
            return ByteRange{at, end};
    }
    return std::nullopt;
}

std::string kindOf(std::string_view pronoun, bool answered) {
    if (!answered)
        return "nothing in the text";
    const std::string word = lowerCase(pronoun.substr(0, pronoun.find('#')));
    if (word.size() > 4)
        return "himself, herself, itself, themselves";
    if (word == "he" || word == "him" || word == "his")
        return "he, him";
    if (word == "she" || word == "her" || word == "hers")
        return "she, her";
    return word == "it" || word == "its" ? "it" : "they, them";
}
} // namespace

std::vector<EverydaySentence> everydaySentences() {
    return parseEveryday(everydayTable);
}

std::vector<EverydaySentence> parseEveryday(std::string_view table) {
    std::vector<EverydaySentence> sentences;
    int number = 0;
    for (const std::string_view line : split(table, "\r\n")) {
        ++number;
        const std::vector<std::string_view> columns = split(line, "\t");
        const auto fail = [&](const std::string& what) {
            throw RequestError("Everyday sentence " + std::to_string(number) + ": " + what + ".");
        };
        if (columns.size() != 3)
            fail("there must be three columns, separated by tabs");
        EverydaySentence sentence;
        sentence.text = columns[0];
        const std::optional<ByteRange> pronoun = place(sentence.text, columns[1]);
        if (!pronoun)
            fail(std::string(columns[1]) + " is not in it");
        sentence.pronoun = *pronoun;
        if (columns[2] != "-") {
            sentence.antecedent = place(sentence.text, columns[2]);
            if (!sentence.antecedent)
                fail(std::string(columns[2]) + " is not in it");
        }
        sentence.kind = kindOf(columns[1], sentence.antecedent.has_value());
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

std::set<std::string> everydayKeys() {
    std::set<std::string> keys;
    for (const EverydaySentence& sentence : everydaySentences()) {
        keys.insert(sentenceKey(sentence.text));
        for (const std::string& part : splitSentences(plainText(sentence.text)))
            keys.insert(sentenceKey(part));
    }
    return keys;
}

} // namespace headlight
