#pragma once

#include "engine/session/model_session.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QString>

#include <optional>

namespace headlight {

/// The window itself, opened on a model and a text, as a picture; no display needed, but an Application. The
/// head is the one given, else the one of the model's example; the row is that of the example's query, or of
/// the last word where the text has no such word.
QImage windowPicture(const std::shared_ptr<const LoadedModel>& model, const Trace& trace,
                     const std::optional<HeadAddress>& head, ThemeName theme, const Edits& edits = {});

} // namespace headlight
