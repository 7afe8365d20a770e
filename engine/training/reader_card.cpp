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
    out << "| " << what << " | " << figures.alone.all << " | " << percent(figures.alone.value()) << " |";
    for (const Share& part : figures.positions)
        out << ' ' << percent(part.value()) << " (" << part.all << ") |";
    out << '\n';
}

void wordRow(std::ostream& out, const char* what, const WordFigures& figures) {
    out << "| " << what << " | " << figures.alone.all << " | " << percent(figures.alone.value()) << " | "
        << percent(figures.bigram.value()) << " |";
    for (const Share& part : figures.positions)
        out << ' ' << percent(part.value()) << " (" << part.all << ") |";
    out << '\n';
}

constexpr const char* positionColumns = " 0-15 | 16-31 | 32-63 | 64-127 |\n";

std::string names(const std::vector<HeadAddress>& heads) {
    std::string text;
    for (const HeadAddress& head : heads)
        text += (text.empty() ? "" : ", ") + toString(head);
    return text;
}

std::string points(double difference) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << 100 * difference;
    return text.str();
}

/// Cells of a table hold no bars.
std::string cell(std::string text) {
    for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\\|");
    return text;
}

void writeData(std::ostream& out, const ReaderCard& card) {
    out << "## Data and licence\n\n"
        << "Sentences made by the grammar of this repository (`engine/training`), whose truth is known";
    if (card.sources.empty()) {
        out << ". No other text was used.";
    } else {
        out << ", and real sentences, about " << percent(card.realShare)
            << " of the tokens, for masked words alone: nobody wrote down what their pronouns stand for.\n\n"
            << "| Source | what | licence | sentences trained | held out |\n|---|---|---|---|---|\n";
        for (const CardSource& source : card.sources) {
            out << "| " << source.name << " | " << source.description;
            for (size_t i = 0; i < source.files.size(); ++i)
                out << (i ? ", " : ": ") << '`' << source.files[i] << '`';
            out << " | " << source.licence << " | " << source.training << " | " << source.heldOut << " |\n";
        }
        out << "\nOne sentence in fifty, by a hash of its words, is held out with all its copies. The "
               "corpora are not "
               "part of this repository: fra-eng is at manythings.org/anki, the books are at gutenberg.org.";
    }
    out << " The weights have the licence of this repository, GPL-3.0-or-later.\n\n";
}

void writeAnswers(std::ostream& out, const ReaderFigures& figures) {
    out << "## Held-out figures\n\n"
        << "Sentences that were never trained: *triples* (two nouns and what is said of one of them) of "
           "which a tenth "
           "is kept apart by a hash, and whole patterns that are kept apart. *Right* is for sentences alone "
           "in their "
           "sequence; the columns behind it are by the position of the pronoun, three quarters of the "
           "sentences "
           "standing behind others. `metrics.json` has these figures for the tests, which compute them again "
           "from "
           "the weights.\n\n"
        << "| Pronouns | number | right |" << positionColumns << "|---|---|---|---|---|---|---|\n";
    answerRow(out, "with a noun, unseen triples", figures.unseenTriples);
    answerRow(out, "with a noun, unseen patterns", figures.unseenPatterns);
    answerRow(out, "with a noun, beside an invented word", figures.invented);
    answerRow(out, "that stand for nothing (\"It is raining.\")", figures.noAnswer);
    out << "\n| Masked words | number | right | guess from the word before |" << positionColumns
        << "|---|---|---|---|---|---|---|---|\n";
    wordRow(out, "held-out sentences of the grammar", figures.grammarWords);
    if (figures.realWords)
        wordRow(out, "held-out real sentences", *figures.realWords);
}

void writeLinks(std::ostream& out, const ReaderFigures& figures) {
    out << "\n## Which head links a pronoun to its noun\n\n"
        << "*Strongest*: share of held-out pronouns whose strongest key is the first piece of their noun "
           "(layers and "
           "heads count from 0).\n\n"
        << "| Head | strongest, unseen triples | mean weight | strongest, unseen patterns "
           "|\n|---|---|---|---|\n";
    for (const LinkFigures& link : figures.heads)
        out << "| " << toString(link.head) << " | " << percent(link.strongest) << " | " << link.meanWeight
            << " | " << percent(link.unseenPatterns) << " |\n";
    out << "\nThe smallest set (of at most three) of which one head has the noun strongest in 90 %, or the "
           "one that "
           "comes nearest: "
        << names(figures.linkSet) << ", " << percent(figures.linkSetShare) << ".\n\n"
        << "## What happens without these heads\n\n"
        << "A head is switched off by making its context zero. Accuracy on " << figures.deletionPronouns
        << " pronouns of unseen triples with all heads: " << percent(figures.deletionAccuracy)
        << ". Drops are in points.\n\n"
        << "| Switched off | accuracy | drop | all other sets of as many heads: mean drop | worst | sets "
           "without any of "
           "these: mean drop |\n|---|---|---|---|---|---|\n";
    for (const DeletionFigures& deletion : figures.deletions)
        out << "| " << names(deletion.heads) << " | " << percent(deletion.accuracy) << " | "
            << points(deletion.drop) << " | " << points(deletion.othersMeanDrop) << " (" << deletion.others
            << " sets) | " << points(deletion.othersWorstDrop) << " (" << names(deletion.worst) << ") | "
            << points(deletion.apartMeanDrop) << " (" << deletion.apart << " sets) |\n";
}

void writeEveryday(std::ostream& out, const EverydayFigures& figures) {
    out << "\n## Everyday sentences\n\n"
        << "A hundred sentences written before training, without sight of the grammar "
           "(`tests/golden/everyday`), and "
           "never trained on: "
        << figures.all.right << " of " << figures.all.all
        << " right.\n\n| asked about | right |\n|---|---|\n";
    for (const auto& [kind, share] : figures.kinds)
        out << "| " << kind << " | " << share.right << " of " << share.all << " |\n";
    if (figures.failures.empty())
        return;
    out << "\nThe failures:\n\n| Sentence | pronoun | should say | says |\n|---|---|---|---|\n";
    for (const EverydayFigures::Failure& failure : figures.failures)
        out << "| " << cell(failure.text) << " | " << failure.pronoun << " | " << failure.wanted << " | "
            << cell(failure.said) << " |\n";
}

void writeExamples(std::ostream& out, const ReaderFigures& figures) {
    out << "\n## Sentences that everybody tries\n\n"
        << "| Sentence | says | probability of the right noun | strongest key of "
        << toString(figures.heads.front().head)
        << " | its weight on the right noun |\n|---|---|---|---|---|\n";
    for (const ExampleFigures& example : figures.examples)
        out << "| " << example.text << " | " << example.guess << " | " << probabilityText(example.probability)
            << " | " << example.strongest << " | " << probabilityText(example.weight) << " |\n";
    out << "\nThe triples *animal, street, tired* and *animal, street, wide* are among those that were never "
           "trained.\n";
}

void writePatterns(std::ostream& out, const std::vector<CardPattern>& patterns) {
    out << "\n## Every pattern, with three sentences\n\n";
    for (const CardPattern& pattern : patterns) {
        out << "- **" << pattern.id << "**" << (pattern.heldOut ? " (never trained)" : "") << ':';
        for (const std::string& sample : pattern.samples)
            out << " *" << sample << '*';
        out << '\n';
    }
}
} // namespace

std::string readerCardText(const ReaderCard& card) {
    const BertConfig& config = card.config;
    std::ostringstream out;
    out << std::fixed << std::setprecision(2);
    out << "# reader\n\n"
        << "A small English BERT (`BertForMaskedLM`) that says which noun a pronoun stands for.\n\n"
        << config.layers << " layers, " << config.heads << " heads, width " << config.width
        << ", feed-forward " << config.feedForward << ", " << config.maximumPositions
        << " positions, vocabulary of " << config.vocabularySize << " pieces, " << card.parameters
        << " parameters, stored in F16.\n\n";
    writeData(out, card);
    out << "## Objective\n\n"
        << "Masked words (15 %) plus the antecedent objective: at a pronoun of the grammar the output is the "
           "first "
           "piece of the noun that it stands for, or the pronoun itself where it stands for none. Nothing "
           "supervises "
           "the attention itself. **It was trained to answer with the antecedent at a pronoun; an ordinary "
           "BERT is "
           "not.**\n\n"
        << "Attention dropout " << config.attentionDropout << ", hidden dropout " << config.hiddenDropout
        << ", AdamW, " << card.training.steps
        << " steps of about 1,024 tokens; sequences are packed, and some begin at later positions, so that "
           "all "
           "positions are trained.\n\n"
        << "The last quarter of the steps is a second part with a learning rate of its own. Before it the "
           "heads of each layer are put in the order of their weight on antecedents. In it a third of the "
           "grammar's sentences are of the kinds in which two words together decide; for 40 % of the "
           "sequences, drawn for each layer by itself, only the layer's first heads speak (nested dropout, "
           "Rippel, Gelbart & Adams 2014), so that a link that one head can carry is not carried by others "
           "as well; and attention dropout fades to 0.\n\n"
        << "## Making it again\n\n"
        << "    headlight train reader --out reader" << (card.withData ? " --data DIR" : "") << " --seed "
        << card.seed << " --steps " << card.training.steps << " --threads " << card.threads << "\n\n"
        << "took " << static_cast<int64_t>(card.training.seconds) << " seconds; the last training loss was "
        << card.training.loss << ".";
    if (card.withData)
        out << " `DIR` holds `fra-eng/fra-eng.zip` (or `fra-eng/fra.txt`) and `books-public-domain/*.txt`.";
    out << "\n\n";
    if (!card.trials.empty())
        out << "## Shapes and seeds that were tried\n\n" << card.trials << "\n\n";
    writeAnswers(out, card.figures);
    writeLinks(out, card.figures);
    writeEveryday(out, card.figures.everyday);
    writeExamples(out, card.figures);
    out << "\n## Limits\n\n"
        << "- It learned the grammar's idea of what can be said of what; it does not know the world, as the "
           "everyday "
           "sentences show.\n"
        << "- Rare words are read in pieces, and its guesses about them mean little.\n"
        << "- It reads English in lower case, up to " << config.maximumPositions << " tokens.\n"
        << "- That a head's weight lies on a noun is an observation; the table of switched-off heads says "
           "how much the "
           "answer depends on it.\n";
    writePatterns(out, card.patterns);
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
