#pragma once

#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;

namespace headlight {

class EditList;
class Segments;

/// "What if": how scores are scaled, the temperature, what turns scores into weights, which keys may be
/// looked at, in the shown head or in all; below, the list of what is changed. Every control shows what
/// counts in the shown head, and a change is a new pass at once.
class WhatIfPanel : public QWidget {
    Q_OBJECT
public:
    WhatIfPanel(EditsState& edits, Selection& selection, const TraceStore& store, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Hands the keyboard to the temperature.
    void takeFocus();

private:
    enum Scaling { trained, none, factor };
    void build();
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
    void refresh();

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
    EditList* m_list;
    bool m_refreshing = false;
};

} // namespace headlight
