#pragma once

// The one place that includes QCustomPlot: its header uses Qt's `foreach`, which a build may switch off.
#include <QtGlobal>

#ifndef foreach
#define foreach Q_FOREACH
#endif
#include <qcustomplot.h>
