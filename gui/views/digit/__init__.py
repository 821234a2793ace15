"""One digit: its way through the network and its gradient's way back."""
