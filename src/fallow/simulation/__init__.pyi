from .generate import simulate_dyad as simulate_dyad
from .parameters import DyadParameters as DyadParameters
from .parameters import SideParameters as SideParameters
