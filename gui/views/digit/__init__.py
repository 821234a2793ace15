"""Digit view: one digit's forward pass, and its gradient's way back to the pixels."""
