"""The command line: what it takes, parses and prints."""
