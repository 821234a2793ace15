"""The clinic: runs that fail, whose settings are hidden until somebody has said what ails them."""
