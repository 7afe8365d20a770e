#pragma once

#include "engine/session/model_session.h"

#include <memory>
#include <string>

namespace headlight {

/// A model for tests of the window: three layers of four heads whose weights are simple functions of
/// position, and a tokenizer that splits at spaces and punctuation and cuts words of more than eight letters
/// in two. Reads at most `tokens` tokens. Head 2 of layer 2 of each token "it" looks at "animal" with a
/// weight above 0.9 where that word is there. A text with the word "fail" is refused with a sentence.
std::shared_ptr<const LoadedModel> fakeModel(const std::string& name = "fake", int layers = 3, int heads = 4,
                                             int tokens = 32);

/// What that model makes of a text.
std::shared_ptr<const Trace> fakeTrace(const std::string& text);

constexpr const char* animalSentence = "The animal didn't cross the street because it was too tired.";

} // namespace headlight
