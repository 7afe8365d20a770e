#pragma once

#include "engine/core/progress.h"
#include "engine/experiments/search_sentences.h"
#include "engine/metrics/clustering.h"
#include "engine/metrics/similarity.h"
#include "engine/session/model_session.h"
#include "engine/trace/trace.h"
#include "ui/session/quiet_work.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace headlight {

/// How alike the heads of one stack are over one text or many, and the tree that joins those that are.
struct HeadsAlike {
    HeadSimilarity similarity;
    ClusterTree tree; ///< of the square roots of the divergences, which are distances
    QString problem;  ///< why there is nothing, in one sentence; empty: there is
    QString over;     ///< "mean of 200 sentences of the grammar"; empty: this one sentence
};
/// Throws Cancelled alone.
HeadsAlike headsAlike(const Trace& trace, Stack stack, const JobControl& control = {});

/// Sentences of the bundled grammar that no training saw; always the same.
std::vector<SearchSentence> sentencesOfGrammar(int count);
/// The sentences of a file, one a line. Throws RequestError (not readable, too large, and as
/// parseSearchSentences does).
std::vector<SearchSentence> sentencesOfFile(const QString& path);
/// The mean over these sentences, each read by the model as it is. Reports its progress, steps aside between
/// sentences. Throws RequestError, naming the line of a sentence that cannot be read; Cancelled.
HeadsAlike headsAlikeOver(const std::shared_ptr<const LoadedModel>& model, Stack stack,
                          const std::vector<SearchSentence>& sentences, const JobControl& control);

/// Computes HeadsAlike for the window.
class HeadsAlikeFeed : public QObject {
    Q_OBJECT
public:
    explicit HeadsAlikeFeed(QObject* parent = nullptr) : QObject(parent), m_work(this) {}

    /// Nothing happens when this was the last question.
    void ask(const std::shared_ptr<const Trace>& trace, Stack stack);
    /// Of the last question that is answered; null before.
    const std::shared_ptr<const HeadsAlike>& answer() const { return m_answer; }
    /// The answer is of an earlier question; `changed` follows.
    bool busy() const { return m_work.busy(); }
    /// The answer to this question, if it is there.
    std::shared_ptr<const HeadsAlike> answerTo(const Trace& trace, Stack stack) const;

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const Trace> m_trace; ///< of the last question
    Stack m_stack = Stack::encoder;
    std::shared_ptr<const HeadsAlike> m_answer;
    QuietWork m_work;
};

} // namespace headlight
