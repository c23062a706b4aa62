"""Quantisation-aware training (Jacob et al. 2018).

Matrix products are rounded in training as onnxruntime rounds them in the shipped model, so that the
shipped model predicts as the trained one does.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

# Weights have 7 bits and a scale for each row; inputs have 8 bits and one scale for all rows.
_WEIGHTS = 63
_INPUTS = 255


class Rounded(nn.Linear):
    """A linear layer with rounded weights and inputs; gradients are computed as if unrounded."""

    def forward(self, states: Tensor) -> Tensor:
        """The output of the layer, as in `nn.Linear`."""
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
    """Turn the rounding of all linear layers of a module on or off."""
    for part in module.modules():
        if isinstance(part, nn.Linear):
            part.__class__ = Rounded if on else nn.Linear
