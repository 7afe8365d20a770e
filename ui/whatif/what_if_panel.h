#pragma once

#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QDoubleSpinBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;

namespace headlight {

class EditList;
class PatternChoice;
class Segments;
class Tokenizer;

/// "What if": how scores are scaled, the temperature, what turns scores into weights, which keys may be
/// looked at, whether heads are on, in the shown head, its layer or all heads; whose pattern the shown head
/// uses; below, the list of what is changed. Every control shows what
/// counts in the shown head, and a change is a new pass at once.
class WhatIfPanel : public QWidget {
    Q_OBJECT
public:
    WhatIfPanel(EditsState& edits, Selection& selection, const TraceStore& store, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Sentences whose patterns are offered, and how they are read.
    void setSentences(std::vector<std::string> sentences);
    void setTokenizer(std::shared_ptr<const Tokenizer> tokenizer);
    /// Hands the keyboard to the temperature.
    void takeFocus();

private:
    enum Scaling { trained, none, factor };
    enum Scope { thisHead, thisLayer, allHeads };
    enum Output { on, zero, mean };
    void build();
    void buildMore();
    QLabel* label(const QString& text);
    HeadScope scope() const;
    /// Makes the edit for the chosen heads; what the model does of itself (`own`) takes it away instead.
    template <class Kind>
    void apply(const Kind& what, const Kind& own);
    double ownFactor() const;
    MaskChoice ownMask() const;
    void applyScale(int scaling);
    void applyTemperature(double t);
    void applyNormaliser();
    void applyMask();
    void applyOutput(int output);
    /// The selected word, which can be hidden; nothing selected: -1.
    int chosenToken() const;
    void toggleHidden();
    void refresh();
    void refreshHidden();

    EditsState& m_edits;
    Selection& m_selection;
    const TraceStore& m_store;
    Segments* m_scope;
    Segments* m_scale;
    QDoubleSpinBox* m_factor;
    QSlider* m_slider;
    QDoubleSpinBox* m_temperature;
    Segments* m_normaliser;
    QToolButton* m_draw;
    Segments* m_mask;
    QSpinBox* m_window;
    Segments* m_output;
    QToolButton* m_hide;
    PatternChoice* m_pattern;
    EditList* m_list;
    bool m_refreshing = false;
};

} // namespace headlight
