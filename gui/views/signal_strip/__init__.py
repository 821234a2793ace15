"""Signal strip: signal and gradient of every layer at a glance."""
