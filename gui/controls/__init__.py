"""Control panel, layer list, transport bar and status line."""
