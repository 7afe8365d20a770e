#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// Plain functions that make sentences out of what corpora look like. They take any bytes and never throw;
/// whether a text is UTF-8 is asked by corpus.h.

/// Curly quotes become straight, "_" (italics in plain text), byte order mark and soft hyphens go, and white
/// space of any kind becomes one space between words.
std::string plainText(std::string_view text);

/// The paragraphs of a Project Gutenberg book, each on one line: what stands between its lines "*** START OF"
/// and "*** END OF" (the whole text where there are none), wrapped lines rejoined. Headings and tables of
/// contents, which do not end like a sentence, are left out.
std::vector<std::string> bookParagraphs(std::string_view book);

/// A paragraph's sentences. One ends after . ! or ? (and quotes or brackets behind it) when a space and then
/// a capital, a digit or a quote follow, but not after an abbreviation ("Mr.") or an initial ("J.").
std::vector<std::string> splitSentences(std::string_view paragraph);

/// What makes two sentences the same: their words in lower case, without punctuation. Empty when there are
/// none.
std::string sentenceKey(std::string_view sentence);

} // namespace headlight
