"""Runs in the window: the session, its training thread, the registry of runs, the library's client."""
