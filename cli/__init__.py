"""The command line: no rules here, each command is a few lines over the library."""
