"""Views: the tabs that show all layers of one run at one moment."""
