"""The control panel, the layer list, the transport bar and the status line."""
