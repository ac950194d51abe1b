#include "cli/commands.h"
int command_rules_try(const struct options *o) { (void)o; return EXIT_USE; }
int command_explain(const struct options *o) { (void)o; return EXIT_USE; }
int command_verify(const struct options *o) { (void)o; return EXIT_USE; }
int command_generate(const struct options *o) { (void)o; return EXIT_USE; }
