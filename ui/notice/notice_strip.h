#pragma once

#include "engine/trace/trace.h"
#include "ui/theme/theme.h"

#include <QLabel>

namespace headlight {

/// A strip with one sentence: what was not read, or what went wrong. Not there while there is nothing to say.
/// An error outranks a remark about the text.
class NoticeStrip : public QLabel {
    Q_OBJECT
public:
    explicit NoticeStrip(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setError(const QString& sentence); ///< empty: none
    void setRemark(const QString& sentence);
    /// What has just been done, until something is typed.
    void setMessage(const QString& sentence);
    /// What to look for in an example; gives way to the others.
    void setHint(const QString& sentence);

private:
    void refresh();

    Palette m_palette;
    QString m_error;
    QString m_remark;
    QString m_message;
    QString m_hint;
};

/// "Read the first 128 tokens; the last 3,412 characters are not read." Empty when the whole text was read.
QString unreadRemark(const Trace& trace);

} // namespace headlight
