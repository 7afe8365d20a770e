#pragma once

#include "engine/explain/logit_lens.h"
#include "ui/evidence/evidence_feed.h"
#include "ui/theme/theme.h"

#include <QListWidget>

namespace headlight {

/// Lines of what the model's output at one token is made of: what it would read after each layer (the logit
/// lens), or what each part wrote into one logit as bars around 0, the largest amount first. A click or Enter
/// on a head selects it.
class EvidenceList : public QListWidget {
    Q_OBJECT
public:
    explicit EvidenceList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showLens(const std::vector<LensLayer>& layers);
    /// `stack`: of the heads; `selected` is marked.
    void showPaths(const DirectPaths& paths, Stack stack, const HeadAddress& selected);
    /// No lines.
    void showNothing();

    QSize sizeHint() const override { return {300, 104}; }
    QSize minimumSizeHint() const override { return {160, 84}; }

Q_SIGNALS:
    void headChosen(const headlight::HeadAddress& head);

private:
    void choose(QListWidgetItem* item);

    std::vector<std::optional<HeadAddress>> m_heads; ///< of each line
};

} // namespace headlight
