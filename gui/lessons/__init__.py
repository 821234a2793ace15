"""Lessons: widgets of their own that steps of a lesson show."""
