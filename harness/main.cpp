#include "cli/command.hpp"

int main(int argc, char** argv) { return guise::cli::run_program(argc, argv); }
