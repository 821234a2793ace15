"""Export of pictures and animations as files."""
