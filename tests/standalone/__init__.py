"""Standalone build for the system it is made on: a folder that needs no Python, and its trial."""
