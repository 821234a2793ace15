"""Array types shared by the model's packages."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = type[np.floating[Any]]
Array = NDArray[np.floating[Any]]
Bytes = NDArray[np.uint8]
Index = NDArray[np.intp]
