#include "engine/session/platform.h"

#include <cstdlib>
#include <fstream>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace headlight {

std::string processorName() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("model name"))
            continue;
        const size_t begin = line.find_first_not_of(" \t", line.find(':') + 1);
        if (begin != std::string::npos)
            return line.substr(begin);
    }
    return "unknown processor";
}

int64_t memoryBytes() {
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long pageSize = sysconf(_SC_PAGESIZE);
    return pages > 0 && pageSize > 0 ? int64_t{pages} * pageSize : 0;
}

void lowerThreadPriority() {
    constexpr int niceness = 10;
    // On Linux a thread id given as a process id changes that thread alone.
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), niceness);
}

void letIdleThreadsSleep(char** arguments) {
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT"))
        return;
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error && setenv("OMP_WAIT_POLICY", "passive", 0) == 0)
        execv(program.c_str(), arguments); // comes back only when it failed; then the threads spin
}

std::filesystem::path programFolder() {
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{} : program.parent_path();
}

} // namespace headlight
