"""The strip: the signal and the gradient of every layer at a glance."""
