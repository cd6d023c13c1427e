"""The command line: the same abilities as the pages, for people and for machines."""
