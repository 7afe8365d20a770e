#pragma once

#include "ui/experiments/head_finder.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace headlight {

class Segments;

/// What the search asks for, as far as it is chosen in boxes: by what heads are ranked, and over which
/// sentences.
class FindControls : public QWidget {
    Q_OBJECT
public:
    explicit FindControls(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Without the example, which is marked elsewhere.
    FindQuestion question() const;
    void setFile(const QString& path);
    void setBusy(bool busy);
    /// While false, nothing can be started: no model is loaded.
    void setReady(bool ready);

Q_SIGNALS:
    void changed();
    void findWanted();

private:
    QWidget* group(const QString& word, std::initializer_list<QWidget*> widgets);
    void fillRelations();
    void fillMetrics();
    void showChoices();
    void chooseFile();

    QString m_file;
    bool m_busy = false, m_ready = false;
    Segments* m_by;
    QComboBox* m_metric;
    QComboBox* m_relation;
    QComboBox* m_order;
    Segments* m_in;
    QSpinBox* m_count;
    QToolButton* m_open;
    QPushButton* m_find;
};

} // namespace headlight
