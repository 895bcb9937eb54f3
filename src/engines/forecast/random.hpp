// Random numbers of forecasts: every tree, unit and window has a stream of its own (base/random.hpp).
#pragma once

#include "base/random.hpp"

namespace mithaq::forecast {

using mithaq::Random;

}  // namespace mithaq::forecast
