"""Products rounded while an encoder learns as onnxruntime will round them (quantisation-aware training,
Jacob et al. 2018): what it ships as then answers as it learnt to."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

# Weights have 7 bits, each row its own scale; what comes in 8, with one scale for all of it.
_WEIGHTS = 63
_INPUTS = 255


class Rounded(nn.Linear):
    """A linear map with both sides of its product rounded; gradients pass as if they were not."""

    def forward(self, states: Tensor) -> Tensor:
        """As `nn.Linear` has it."""
        scale = self.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / _WEIGHTS
        weight = _through(self.weight, (self.weight / scale).round() * scale)
        own = states.detach().float()
        low, high = own.amin().clamp(max=0), own.amax().clamp(min=0)
        step = ((high - low) / _INPUTS).clamp(min=1e-8)
        rounded = ((own - low) / step).round() * step + low
        return functional.linear(_through(states, rounded.to(states.dtype)), weight, self.bias)


def _through(plain: Tensor, rounded: Tensor) -> Tensor:
    return plain + (rounded - plain).detach()


def round_products(module: nn.Module, on: bool) -> None:
    """Let all linear maps of a module round their products, or no longer."""
    for part in module.modules():
        if isinstance(part, nn.Linear):
            part.__class__ = Rounded if on else nn.Linear
