#include "ui/look/heatmap_accessible.h"

#include "ui/look/heatmap_view.h"
#include "ui/paint/token_labels.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace headlight {

namespace {
/// One cell of the shown map. It reads the map when it is asked, so that it never tells an older weight.
class CellInterface : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    CellInterface(HeatmapView* map, MapCell cell) : m_map(map), m_cell(cell) {}

    bool isValid() const override {
        return m_map && m_map->picture().trace && m_map->picture().map.has(m_cell);
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_map); }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    void setText(QAccessible::Text, const QString&) override {}
    QString text(QAccessible::Text kind) const override {
        if (!isValid() || kind != QAccessible::Name)
            return {};
        const HeatmapPicture& picture = m_map->picture();
        const QString note = picture.markNote(m_cell);
        return QStringLiteral("%1 → %2 %3%4")
            .arg(tokenLabel(*picture.trace, picture.shown.rows[static_cast<size_t>(m_cell.query)]),
                 tokenLabel(*picture.trace, picture.shown.columns[static_cast<size_t>(m_cell.key)]),
                 weightText(picture.shown.weights.at(m_cell.query, m_cell.key)),
                 note.isEmpty() ? QString() : QStringLiteral(", ") + note);
    }
    QRect rect() const override {
        const QRect cell = m_map->picture().map.cell(m_cell.query, m_cell.key).toRect();
        return {m_map->mapToGlobal(cell.topLeft()), cell.size()};
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = true;
        state.selected = isSelected();
        state.readOnly = true;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this)
                                                       : nullptr;
    }

    bool isSelected() const override {
        const HeatmapPicture& picture = m_map->picture();
        return picture.rowOf(picture.query) == m_cell.query && picture.columnOf(picture.key) == m_cell.key;
    }
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_cell.key; }
    int rowIndex() const override { return m_cell.query; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface* table() const override { return parent(); }

private:
    QPointer<HeatmapView> m_map;
    MapCell m_cell;
};

class HeatmapInterface : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit HeatmapInterface(HeatmapView* map) : QAccessibleWidget(map, QAccessible::Table), m_map(map) {}
    ~HeatmapInterface() override {
        for (const auto& [place, id] : m_cells)
            QAccessible::deleteAccessibleInterface(id);
    }
    Q_DISABLE_COPY(HeatmapInterface)

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    int childCount() const override { return rowCount() * columnCount(); }
    QAccessibleInterface* child(int index) const override {
        return columnCount() > 0 ? cellAt(index / columnCount(), index % columnCount()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        for (const auto& [place, id] : m_cells)
            if (QAccessible::accessibleInterface(id) == child)
                return place.first * columnCount() + place.second;
        return -1;
    }

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override {
        if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
            return nullptr;
        const std::pair<int, int> place(row, column);
        auto found = m_cells.find(place);
        if (found == m_cells.end()) {
            auto* cell = new CellInterface(m_map, {row, column});
            found = m_cells.emplace(place, QAccessible::registerAccessibleInterface(cell)).first;
        }
        return QAccessible::accessibleInterface(found->second);
    }
    int selectedCellCount() const override { return static_cast<int>(selectedCells().size()); }
    QList<QAccessibleInterface*> selectedCells() const override {
        const HeatmapPicture& picture = m_map->picture();
        QAccessibleInterface* cell = cellAt(picture.rowOf(picture.query), picture.columnOf(picture.key));
        return cell ? QList<QAccessibleInterface*>{cell} : QList<QAccessibleInterface*>{};
    }
    QString columnDescription(int column) const override {
        return label(m_map->picture().shown.columns, column);
    }
    QString rowDescription(int row) const override { return label(m_map->picture().shown.rows, row); }
    int selectedColumnCount() const override { return static_cast<int>(selectedColumns().size()); }
    int selectedRowCount() const override { return static_cast<int>(selectedRows().size()); }
    int columnCount() const override { return m_map->picture().map.columns; }
    int rowCount() const override { return m_map->picture().map.rows; }
    QList<int> selectedColumns() const override {
        const HeatmapPicture& picture = m_map->picture();
        return places(picture.columnOf(picture.column), picture.axis == ReadAxis::key);
    }
    QList<int> selectedRows() const override {
        const HeatmapPicture& picture = m_map->picture();
        return places(picture.rowOf(picture.query), picture.axis == ReadAxis::query);
    }
    bool isColumnSelected(int column) const override { return selectedColumns().contains(column); }
    bool isRowSelected(int row) const override { return selectedRows().contains(row); }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

private:
    static QList<int> places(int place, bool read) {
        return read && place >= 0 ? QList<int>{place} : QList<int>{};
    }
    QString label(const std::vector<ShownToken>& tokens, int place) const {
        const bool there = m_map->picture().trace && place >= 0 && static_cast<size_t>(place) < tokens.size();
        return there ? tokenLabel(*m_map->picture().trace, tokens[static_cast<size_t>(place)]) : QString();
    }

    HeatmapView* m_map;
    mutable std::map<std::pair<int, int>, QAccessible::Id> m_cells; ///< made when they are asked for
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* map = qobject_cast<HeatmapView*>(object);
    return map ? new HeatmapInterface(map) : nullptr;
}
} // namespace

void installHeatmapAccessibility() {
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}

} // namespace headlight
