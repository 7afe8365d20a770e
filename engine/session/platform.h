#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace headlight {

/// What the session asks of the operating system; platform.cpp is the one file of this folder that knows
/// which one it is.

/// "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz", or "unknown processor".
std::string processorName();
/// Physical memory of this machine in bytes; 0 when it cannot be found out.
int64_t memoryBytes();
/// Makes the calling thread, and threads that it starts, give way to others. Does nothing where that is not
/// allowed.
void lowerThreadPriority();
/// Lets OpenMP's threads sleep between two products instead of spinning, unless the environment says
/// otherwise: starts this program once more with OMP_WAIT_POLICY=passive, which OpenMP reads before main. To
/// be called first.
void letIdleThreadsSleep(char** arguments);
/// The folder of the running program; empty when it cannot be found out.
std::filesystem::path programFolder();

} // namespace headlight
