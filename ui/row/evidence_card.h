#pragma once

#include "engine/explain/readings.h"
#include "ui/row/evidence_list.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QToolButton;

namespace headlight {

class Segments;

/// What the evidence card tells of one token.
struct EvidenceContent {
    QString word;                             ///< the token
    std::vector<Reading> readings;            ///< best first; what can be chosen
    int output = -1;                          ///< id of what is measured
    QString piece;                            ///< of it
    bool chosen = false;                      ///< by hand, not as the best one
    std::optional<double> value;              ///< its log-odds
    std::optional<double> before;             ///< the same in the unchanged pass, while edits are active
    std::optional<double> change;             ///< of both
    std::shared_ptr<const OutputPaths> paths; ///< null: on the way
    HeadAddress head;                         ///< the selected one
    friend bool operator==(const EvidenceContent& one, const EvidenceContent& other);
};

/// In the place of the reading card: which output is measured, and what it is made of, layer by layer (logit
/// lens) and part by part (direct logit attribution).
class EvidenceCard : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(EvidenceContent content);
    const EvidenceContent& content() const { return m_content; }

Q_SIGNALS:
    /// A piece that is to be measured; empty: the best reading.
    void outputChosen(const QString& piece);
    void headChosen(const headlight::HeadAddress& head);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Part { layers, parts };
    void showOutput();
    void showList();

    Theme m_theme = lightTheme();
    EvidenceContent m_content;
    QLabel* m_title;
    QToolButton* m_output;
    QLabel* m_value;
    Segments* m_part;
    EvidenceList* m_list;
    QLabel* m_caption;
};

} // namespace headlight
