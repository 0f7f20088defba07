"""The kinds of arrays that rows are worked out with."""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.int32]
"""Which of its distinct values a column has in each row."""
Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
