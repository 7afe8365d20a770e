#include "app/commands/program.h"

#include <iostream>

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    headlight::Streams streams{std::cin, std::cout, std::cerr};
    return headlight::runProgram({argv + 1, argv + argc}, streams);
}
