#include "engine/training/reader_card.h"

#include <nlohmann/json.hpp>

#include <iomanip>
#include <sstream>

namespace headlight {

namespace {
std::string percent(double share) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1);
    if (share < 1 && share >= 0.9995)
        text << ">99.9 %";
    else
        text << 100 * share << " %";
    return text.str();
}

/// Three decimals; what would look like 1 and is not, as ">0.999".
std::string probabilityText(double probability) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(3);
    if (probability < 1 && probability >= 0.9995)
        text << ">0.999";
    else
        text << probability;
    return text.str();
}

void answerRow(std::ostream& out, const char* what, const AnswerFigures& figures) {
    out << "| " << what << " | " << figures.pronouns << " | " << percent(figures.accuracy) << " |\n";
}
} // namespace

std::string readerCardText(const ReaderCard& card) {
    const BertConfig& config = card.config;
    const ReaderFigures& figures = card.figures;
    std::ostringstream out;
    out << std::fixed << std::setprecision(2);
    out << "# reader\n\n"
        << "A small English BERT (`BertForMaskedLM`) that says which noun a pronoun stands for.\n\n"
        << config.layers << " layers, " << config.heads << " heads, width " << config.width
        << ", feed-forward " << config.feedForward << ", " << config.maximumPositions
        << " positions, vocabulary of " << config.vocabularySize << " pieces, " << card.parameters
        << " parameters, stored in F16.\n\n"
        << "## Data and licence\n\n"
        << "Every sentence it was trained on was made by the grammar of this repository (`engine/training`: "
        << patternRows().size() << " patterns, " << nounRows().size() << " nouns, " << verbRows().size()
        << " verbs, " << propertyRows().size()
        << " properties). No other text was used. The weights have the licence of this "
           "repository, GPL-3.0-or-later.\n\n"
        << "## Objective\n\n"
        << "Masked words (15 %) plus the antecedent objective: at a pronoun the output is the first piece of "
           "the noun "
           "that it stands for, or the pronoun itself where it stands for none. Nothing supervises the "
           "attention "
           "itself. **It was trained to answer with the antecedent at a pronoun; an ordinary BERT is "
           "not.**\n\n"
        << "Attention dropout " << config.attentionDropout << ", hidden dropout " << config.hiddenDropout
        << ", AdamW, " << card.training.steps << " steps of about 1,024 tokens.\n\n"
        << "## Making it again\n\n"
        << "    headlight train reader --out reader --seed " << card.seed << " --steps "
        << card.training.steps << " --threads " << card.threads << "\n\n"
        << "took " << static_cast<int64_t>(card.training.seconds) << " seconds; the last training loss was "
        << card.training.loss << ".\n\n"
        << "## Held-out figures\n\n"
        << "Sentences that were never trained: *triples* (two nouns and what is said of one of them) of "
           "which a tenth "
           "is kept apart by a hash, and whole patterns that are kept apart. `metrics.json` has these "
           "figures for the "
           "tests, which compute them again from the weights.\n\n"
        << "| Pronouns | number | right |\n|---|---|---|\n";
    answerRow(out, "with a noun, unseen triples", figures.unseenTriples);
    answerRow(out, "with a noun, unseen patterns", figures.unseenPatterns);
    answerRow(out, "that stand for nothing (\"It is raining.\")", figures.noAnswer);
    answerRow(out, "in sentences with an invented word", figures.invented);
    answerRow(out, "(for comparison) masked words", figures.maskedWords);
    out << "\n## Which head links a pronoun to its noun\n\n"
        << "*Strongest*: share of held-out pronouns whose strongest key is the first piece of their noun "
           "(layers and heads "
           "count from 0).\n\n"
        << "| Head | strongest, unseen triples | mean weight | strongest, unseen patterns "
           "|\n|---|---|---|---|\n";
    for (const LinkFigures& link : figures.heads)
        out << "| " << toString(link.head) << " | " << percent(link.strongest) << " | " << link.meanWeight
            << " | " << percent(link.unseenPatterns) << " |\n";
    out << "\n## Sentences that everybody tries\n\n"
        << "| Sentence | says | probability of the right noun | strongest key of "
        << toString(figures.heads.front().head)
        << " | its weight on the right noun |\n|---|---|---|---|---|\n";
    for (const ExampleFigures& example : figures.examples)
        out << "| " << example.text << " | " << example.guess << " | " << probabilityText(example.probability)
            << " | " << example.strongest << " | " << probabilityText(example.weight) << " |\n";
    out << "\nThe triples *animal, street, tired* and *animal, street, wide* are among those that were never "
           "trained.\n\n"
        << "## Limits\n\n"
        << "- It knows the words and the kinds of sentence of its grammar. Other words are read letter by "
           "letter, and its "
           "guesses about them mean little.\n"
        << "- Positions beyond 64 were trained rarely.\n"
        << "- It learned the grammar's idea of what can be said of what; it does not know the world.\n"
        << "- That a head's weight lies on a noun is an observation; whether the answer depends on that head "
           "is another "
           "question.\n";
    return out.str();
}

std::string readerNotes(const ReaderCard& card) {
    const ReaderFigures& figures = card.figures;
    const nlohmann::ordered_json json = {
        {"description", "A small English BERT that says which noun a pronoun stands for"},
        {"example_text", figures.examples.front().text},
        {"example_query", figures.examples.front().query},
        {"example_head", toString(figures.heads.front().head)}};
    return json.dump(2) + '\n';
}

} // namespace headlight
