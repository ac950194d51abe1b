#include "cli/commands.h"
int command_generate(const struct options *o) { (void)o; return EXIT_USE; }
