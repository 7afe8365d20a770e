#pragma once

#include "engine/trace/trace.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

class Tokenizer;

/// A word of the text with its pieces, or one special token: tokens [first, last].
struct Word {
    int first = 0;
    int last = 0;
    bool special = false;
    std::string spelling; ///< as in the text ("didn"); "[CLS]" for a special token

    friend bool operator==(const Word&, const Word&) = default;
};

/// The words of a trace's text and pair in order; every token belongs to exactly one.
std::vector<Word> wordsOf(const Trace& trace);

/// The token that a person names: an index ("10"), a word of the text ("it": its first piece), its second
/// occurrence
/// ("it#2"), or a special token ("[CLS]"). Words are compared as they are spelled; if none is, as the
/// tokenizer sees them
/// ("Animal" for "animal" where the model does not distinguish, "didn't" for its pieces in a row), and at
/// last without regard to the case of Latin letters. Throws RequestError that names the words there are.
int findToken(const Trace& trace, const Tokenizer& tokenizer, std::string_view name);

/// One row of one head, taken word by word: the weights of a key's pieces are summed, those of a query's
/// pieces averaged.
struct WordKey {
    size_t word = 0; ///< place in wordsOf
    double weight = 0;
};
/// Strongest first (ties by position); empty when that head was not recorded.
std::vector<WordKey> strongestWords(const Trace& trace, const std::vector<Word>& words,
                                    const HeadAddress& head, const Word& query);

} // namespace headlight
