"""The application, its main window, menus, and the commands of the window."""
