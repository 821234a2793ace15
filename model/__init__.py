"""Layerscope's model: networks, training and measurement in NumPy, without any window."""
