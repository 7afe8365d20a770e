#pragma once

#include "ui/session/messenger.h"
