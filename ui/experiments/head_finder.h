#pragma once

#include "engine/core/progress.h"
#include "engine/experiments/example_search.h"
#include "engine/session/model_session.h"
#include "ui/experiments/number_table.h"

#include <QCoreApplication>
#include <QString>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace headlight {

/// Gives the words of the search to translators.
class FinderWords {
    Q_DECLARE_TR_FUNCTIONS(FindHeads)
};

/// What heads are ranked by.
enum class FindBy { metric, relation, example };
/// Where sentences are taken from.
enum class FindIn { grammar, file };

/// One search, as it was asked for.
struct FindQuestion {
    FindBy by = FindBy::relation;
    const HeadMetric* metric = nullptr;                      ///< with FindBy::metric
    RelationKind relation = RelationKind::pronounAntecedent; ///< with FindBy::relation
    SearchSentence example;                                  ///< with FindBy::example: text and marks
    QString exampleText;                                     ///< its marks in words: "it → animal"
    FindIn in = FindIn::grammar;
    int count = 300; ///< sentences of the grammar
    uint64_t seed = 1;
    std::filesystem::path file;
    bool lowestFirst = false;

    /// The metric that ranks.
    const HeadMetric& ranking() const;
};

/// Why this cannot be asked, in a sentence that says what to do; empty when it can.
QString objectionTo(const FindQuestion& question);

/// What was found, with all that is needed to read it.
struct FoundHeads {
    FindQuestion question;
    std::vector<const HeadMetric*> metrics; ///< the values of a head, the ranking one first
    std::shared_ptr<const std::vector<SearchSentence>> sentences;
    HeadSearchResult result;
    std::string model, modelSha256;
    bool finished = false; ///< else there are sentences that were not read
    double seconds = 0;
};

/// How many values of a head are kept for its distribution.
constexpr size_t mostKeptValues = 10000;

/// Reads the sentences and searches, telling `found` of what there is so far, and of all at the end. Throws
/// RequestError, FileError, Cancelled.
void findHeads(const FindQuestion& question, const LoadedModel& model, const JobControl& control,
               const std::function<void(std::shared_ptr<const FoundHeads>)>& found);

/// "300 sentences of the grammar", "12 sentences of words.txt".
QString sourceText(const FoundHeads& found);
/// What is shown: over how many sentences, and whether that is all. `running`: the search goes on.
QString summaryOf(const FoundHeads& found, bool running);
/// A value of a metric with as many digits as its use asks for; a dash for none.
QString valueText(const HeadMetric& metric, std::optional<double> value);
/// One line a head and found sentence.
NumberTable findTable(const FoundHeads& found);

} // namespace headlight
