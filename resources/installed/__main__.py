"""`python3 -m layerscope`, once it is installed: a file of the wheel beside main.py, which is the package itself."""

import sys

from layerscope import main

if __name__ == "__main__":
    sys.exit(main())
