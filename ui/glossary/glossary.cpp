#include "ui/glossary/glossary.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlight {

namespace {
QString translated(const char* text) {
    return QCoreApplication::translate("Glossary", text);
}

bool hasAll(const QString& text, const QStringList& words) {
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}
} // namespace

std::vector<GlossaryTerm> glossary() {
    const auto term = [](const char* id, const char* word, const char* says, const char* formula,
                         const char* where) {
        return GlossaryTerm{QString::fromLatin1(id), translated(word), translated(says),
                            *formula == '\0' ? QString() : translated(formula), translated(where)};
    };
    return {
        term("token", QT_TRANSLATE_NOOP("Glossary", "token"),
             QT_TRANSLATE_NOOP("Glossary",
                               "A piece of the text as the model reads it: a word, a part of a rare "
                               "word, or a punctuation mark. The model knows a fixed list of them, "
                               "and writes every text as a row of these."),
             "",
             QT_TRANSLATE_NOOP("Glossary", "The row below the text; pieces of one word share a bracket.")),
        term("special", QT_TRANSLATE_NOOP("Glossary", "special token"),
             QT_TRANSLATE_NOOP(
                 "Glossary", "A token that the program adds and nobody typed: [CLS] begins the input, [SEP] "
                             "ends each sentence. A head that has nothing to look for often rests its weight "
                             "there."),
             "",
             QT_TRANSLATE_NOOP(
                 "Glossary", "Grey in the row below the text; “All tokens ▾” above the picture hides them.")),
        term("layer", QT_TRANSLATE_NOOP("Glossary", "layer"),
             QT_TRANSLATE_NOOP("Glossary",
                               "One round of reading: every token looks at the others and takes "
                               "something over, then works on it alone. Layers follow each other, "
                               "each reading what the one before it wrote; L0 is the first."),
             "", QT_TRANSLATE_NOOP("Glossary", "A row of thumbnails at the left; the L of “L1 H2”.")),
        term("head", QT_TRANSLATE_NOOP("Glossary", "head"),
             QT_TRANSLATE_NOOP(
                 "Glossary", "One of several readers that work side by side in a layer, each with queries, "
                             "keys and values of its own. One may link a pronoun with its noun while another "
                             "looks at the next word."),
             "", QT_TRANSLATE_NOOP("Glossary", "A thumbnail at the left is a head; the H of “L1 H2”.")),
        term("query", QT_TRANSLATE_NOOP("Glossary", "query"),
             QT_TRANSLATE_NOOP(
                 "Glossary", "The list of numbers with which a token says what it looks for. “The query it” "
                             "means: the token “it” while it looks at the others."),
             QT_TRANSLATE_NOOP("Glossary",
                               "query = what the token is in this layer × the head's query matrix"),
             QT_TRANSLATE_NOOP("Glossary", "The rows of the map, the words at the left of the lines.")),
        term("key", QT_TRANSLATE_NOOP("Glossary", "key"),
             QT_TRANSLATE_NOOP(
                 "Glossary", "The list of numbers with which a token says what it can be found by. “The key "
                             "animal” means: the token “animal” while others look at it."),
             QT_TRANSLATE_NOOP("Glossary", "key = what the token is in this layer × the head's key matrix"),
             QT_TRANSLATE_NOOP("Glossary", "The columns of the map, the words at the right of the lines.")),
        term("value", QT_TRANSLATE_NOOP("Glossary", "value"),
             QT_TRANSLATE_NOOP("Glossary",
                               "The list of numbers that a token hands to those who look at it. The key "
                               "decides how much of it is taken, the value is what is taken."),
             QT_TRANSLATE_NOOP("Glossary",
                               "value = what the token is in this layer × the head's value matrix"),
             QT_TRANSLATE_NOOP("Glossary", "In trace files (headlight trace), for each head and token.")),
        term("score", QT_TRANSLATE_NOOP("Glossary", "score"),
             QT_TRANSLATE_NOOP("Glossary",
                               "How well a key fits a query, before the keys of a row compete. It may be "
                               "negative, and only its distance to the other scores of the row matters."),
             QT_TRANSLATE_NOOP("Glossary", "score = query · key, divided by the square root of their length"),
             QT_TRANSLATE_NOOP("Glossary", "Grey bars around 0 at the right; on the card beside a cell.")),
        term("mask", QT_TRANSLATE_NOOP("Glossary", "mask"),
             QT_TRANSLATE_NOOP("Glossary",
                               "A rule that forbids a query to look at certain keys, such as words that are "
                               "not written yet. A masked key has the score −∞ and the weight 0."),
             "", QT_TRANSLATE_NOOP("Glossary", "“masked” in place of the score at the right.")),
        term("softmax", QT_TRANSLATE_NOOP("Glossary", "softmax"),
             QT_TRANSLATE_NOOP("Glossary",
                               "It turns the scores of a row into weights that are positive and sum to 1. A "
                               "score that is higher by 1 gets 2.7 times the weight, so small leads grow."),
             QT_TRANSLATE_NOOP("Glossary",
                               "weight = e to the power of its score ÷ the sum of that over the row"),
             QT_TRANSLATE_NOOP("Glossary", "Between the two columns of bars at the right.")),
        term("weight", QT_TRANSLATE_NOOP("Glossary", "weight"),
             QT_TRANSLATE_NOOP(
                 "Glossary", "The share of a query's attention that a key gets, from 0 to 1. 0.79 means: 79 "
                             "hundredths of what this head mixes for this word come from that key."),
             QT_TRANSLATE_NOOP("Glossary", "weights of a row = softmax of its scores; they sum to 1"),
             QT_TRANSLATE_NOOP("Glossary", "Every cell of the map, every line, the blue bars at the right.")),
        term("context", QT_TRANSLATE_NOOP("Glossary", "context"),
             QT_TRANSLATE_NOOP("Glossary",
                               "What a head has gathered for a query: the values of all keys, mixed by their "
                               "weights. It is handed on to the token that looked."),
             QT_TRANSLATE_NOOP("Glossary", "context = sum over the keys of weight × value"),
             QT_TRANSLATE_NOOP("Glossary", "In trace files (headlight trace), for each head and token.")),
        term("residual", QT_TRANSLATE_NOOP("Glossary", "residual stream"),
             QT_TRANSLATE_NOOP("Glossary",
                               "The list of numbers that a token carries from layer to layer. Each head and "
                               "each layer adds to it, so that later layers read what earlier ones wrote."),
             QT_TRANSLATE_NOOP("Glossary", "after a layer = before it + what its parts add"),
             QT_TRANSLATE_NOOP("Glossary", "In trace files (headlight trace), as “hidden”.")),
        term("logits", QT_TRANSLATE_NOOP("Glossary", "logits"),
             QT_TRANSLATE_NOOP(
                 "Glossary", "One number for each token that the model knows: how well it fits as the answer "
                             "at this place. Their softmax gives the probabilities of the answers."),
             QT_TRANSLATE_NOOP("Glossary", "probability = softmax of the logits"),
             QT_TRANSLATE_NOOP("Glossary", "“Reads … as”, at the right, shows the most probable ones.")),
        term("entropy", QT_TRANSLATE_NOOP("Glossary", "entropy"),
             QT_TRANSLATE_NOOP("Glossary",
                               "How spread a row of weights is, in bits. 0 bits: one key has it all; 3 bits: "
                               "as spread as 8 keys with equal weights."),
             QT_TRANSLATE_NOOP("Glossary", "entropy = − sum over the keys of weight × log₂ weight"),
             QT_TRANSLATE_NOOP("Glossary", "Below the thumbnails, for the row that is read.")),
        term("size", QT_TRANSLATE_NOOP("Glossary", "value-weighted size"),
             QT_TRANSLATE_NOOP(
                 "Glossary",
                 "How much a key really brings: its weight times the length of what the head makes "
                 "of it. A large weight on a short value brings little (Kobayashi et al. 2020)."),
             QT_TRANSLATE_NOOP("Glossary", "size = length of (weight × value × output matrix of the head)"),
             QT_TRANSLATE_NOOP("Glossary", "With Evidence on, beside each weight at the right.")),
        term("gradient", QT_TRANSLATE_NOOP("Glossary", "gradient × weight"),
             QT_TRANSLATE_NOOP(
                 "Glossary",
                 "A guess of what the edge adds to the answer, from how the answer reacts to a small "
                 "change of its weight. It is exact only where the model is straight there."),
             QT_TRANSLATE_NOOP("Glossary", "slope of the answer's log-odds along this weight × the weight"),
             QT_TRANSLATE_NOOP("Glossary", "With Evidence on, beside each weight at the right.")),
        term("deletion", QT_TRANSLATE_NOOP("Glossary", "change when deleted"),
             QT_TRANSLATE_NOOP(
                 "Glossary",
                 "What happens to the answer when this one weight is set to 0 and all else is "
                 "computed again. Measured, not guessed: delete the edge by hand and the same number "
                 "comes out."),
             QT_TRANSLATE_NOOP("Glossary",
                               "change = log-odds without the edge − log-odds with it; log-odds = ln(p "
                               "÷ (1 − p))"),
             QT_TRANSLATE_NOOP("Glossary", "With Evidence on, beside each weight at the right.")),
        term("lens", QT_TRANSLATE_NOOP("Glossary", "logit lens"),
             QT_TRANSLATE_NOOP(
                 "Glossary",
                 "What the model would answer if it ended after an earlier layer. Its own last step "
                 "is applied to what the token carries there (nostalgebraist 2020)."),
             "", QT_TRANSLATE_NOOP("Glossary", "With Evidence on, at the right: logit lens.")),
        term("direct", QT_TRANSLATE_NOOP("Glossary", "direct logit attribution"),
             QT_TRANSLATE_NOOP(
                 "Glossary",
                 "One logit as a sum of what each head, each feed-forward block (MLP) and the "
                 "embeddings wrote for it. It does not say what happens when the part is switched off, "
                 "because later parts would react (Elhage et al. 2021)."),
             QT_TRANSLATE_NOOP("Glossary", "logit = embeddings + all heads + all MLPs + biases"),
             QT_TRANSLATE_NOOP("Glossary", "With Evidence on, at the right: attribution.")),
        term("divergence", QT_TRANSLATE_NOOP("Glossary", "Jensen-Shannon divergence"),
             QT_TRANSLATE_NOOP(
                 "Glossary",
                 "How far two rows of weights are apart, in bits. 0 bits: they are equal; 1 bit: no "
                 "key has weight in both."),
             QT_TRANSLATE_NOOP("Glossary",
                               "divergence = entropy of the mean of both − mean of their entropies"),
             QT_TRANSLATE_NOOP("Glossary", "On the page Compare, beside each row of A − B.")),
    };
}

QString glossaryTip(const QString& id) {
    for (const GlossaryTerm& term : glossary())
        if (term.id == id)
            return QStringLiteral("<p><b>%1.</b> %2</p>%3")
                .arg(term.word.toHtmlEscaped(), term.says.toHtmlEscaped(),
                     term.formula.isEmpty()
                         ? QString()
                         : QStringLiteral("<p><i>%1</i></p>").arg(term.formula.toHtmlEscaped()));
    return {};
}

std::vector<GlossaryTerm> searchGlossary(const QString& search) {
    const QStringList words = search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<GlossaryTerm> found;
    for (const GlossaryTerm& term : glossary())
        if (hasAll(term.word + QLatin1Char(' ') + term.says + QLatin1Char(' ') + term.formula, words))
            found.push_back(term);
    std::stable_partition(found.begin(), found.end(),
                          [&](const GlossaryTerm& term) { return hasAll(term.word, words); });
    return found;
}

} // namespace headlight
