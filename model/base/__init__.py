"""What everything stands on: arrays, errors, declared choices and settings, files, paths and number formats."""
