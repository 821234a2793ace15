"""The Japanese typeface, cut from Noto Sans CJK JP to the characters that the program draws."""
