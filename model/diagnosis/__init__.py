"""Diagnosis of a run: its condition, the cause, and remedies."""
