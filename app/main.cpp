#include "app/commands/program.h"
#include "engine/session/platform.h"

#include <iostream>

int main(int argc, char** argv) {
    headlight::letIdleThreadsSleep(argv);
    std::ios::sync_with_stdio(false);
    headlight::Streams streams{std::cin, std::cout, std::cerr};
    return headlight::runProgram({argv + 1, argv + argc}, streams);
}
