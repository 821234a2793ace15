"""Foundations of all packages: array types, errors, declared choices and settings, files, paths, number formats."""
