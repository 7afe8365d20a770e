#pragma once

#include "ui/edits/edit_strip.h"
#include "ui/edits/edit_tool.h"
#include "ui/look/heatmap_view.h"

namespace headlight {

/// The map with the Edit tool: its strip stands above the map while the tool is in the hand. Esc lays it
/// down, wherever the keyboard is in here.
class MapPage : public QWidget {
    Q_OBJECT
public:
    /// `edits`: nothing: there is no tool.
    MapPage(const TraceStore& store, Selection& selection, ViewOptions& options, EditsState* edits,
            QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void paintFigure(QCPPainter& painter, QSize size) { m_map->paintFigure(painter, size); }
    /// Null without edits.
    EditTool* tool() const { return m_tool; }

protected:
    bool event(QEvent* event) override;

private:
    HeatmapView* m_map;
    EditTool* m_tool = nullptr;
    EditStrip* m_strip = nullptr;
};

} // namespace headlight
