"""The chain rule on the slate: z = t² with t = x + y, whose derivative by x goes through t."""

from dataclasses import dataclass

STEP = 1e-3


def t_of(x: float, y: float) -> float:
    """t = x + y."""
    return x + y


def z_of(t: float) -> float:
    """z = t²."""
    return t * t


@dataclass(frozen=True)
class ChainRule:
    """Derivatives of z = t² with t = x + y at one place; all are computed from `x` and `y`."""

    x: float
    y: float

    @property
    def t(self) -> float:
        """The value between."""
        return t_of(self.x, self.y)

    @property
    def z(self) -> float:
        """The value at the end."""
        return z_of(self.t)

    @property
    def dz_dt(self) -> float:
        """dz/dt = 2t."""
        return 2 * self.t

    @property
    def dt_dx(self) -> float:
        """∂t/∂x = 1, and so is ∂t/∂y."""
        return 1.0

    @property
    def product(self) -> float:
        """∂z/∂x by the chain rule, dz/dt · ∂t/∂x."""
        return self.dz_dt * self.dt_dx

    @property
    def difference(self) -> float:
        """∂z/∂x by the central difference (z(x + h) − z(x − h)) / 2h, which knows nothing of t's derivative."""
        above, below = (z_of(t_of(self.x + step, self.y)) for step in (STEP, -STEP))
        return (above - below) / (2 * STEP)
