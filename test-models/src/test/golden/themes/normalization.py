"""Normalisations. RMSNorm came with torch 2: its numbers come from its formula, computed by torch in float64."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_nn import x


class RMSNorm(nn.Module):
    """the layer of torch 2 with its weight, its print and its formula"""

    def __init__(self, normalized_shape, eps=None, elementwise_affine=True):
        super().__init__()
        self.normalized_shape = normalized_shape
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        if elementwise_affine:
            self.weight = nn.Parameter(torch.ones(normalized_shape))

    def forward(self, v):
        eps = torch.finfo(torch.float32).eps if self.eps is None else self.eps
        v = v.double()
        dims = tuple(range(-len(self.normalized_shape), 0))
        y = v / torch.sqrt((v * v).mean(dims, keepdim=True) + eps)
        return (y * self.weight.double() if self.elementwise_affine else y).float()

    def extra_repr(self):
        return "{normalized_shape}, eps={eps}, elementwise_affine={elementwise_affine}".format(**self.__dict__)


CASES = [
    ("LayerNorm_5", lambda: nn.LayerNorm(5), [x(2, 3, 5)]),
    ("LayerNorm_vector", lambda: nn.LayerNorm(7), [x(7)]),
    ("LayerNorm_4_5", lambda: nn.LayerNorm([4, 5], eps=1e-3), [x(2, 3, 4, 5)]),
    ("LayerNorm_plain", lambda: nn.LayerNorm([3, 19], elementwise_affine=False), [x(2, 3, 19, lo=3.0, hi=4.0)]),
    ("layer_norm_bias", lambda: lambda v, b: F.layer_norm(v, (6,), None, b), [x(2, 6), x(6)]),
    ("layer_norm_eps", lambda: lambda v, w, b: F.layer_norm(v, (3, 6), w, b, 0.25), [x(2, 3, 6), x(3, 6), x(3, 6)]),
    ("RMSNorm_5", lambda: RMSNorm((5,)), [x(2, 3, 5)]),
    ("RMSNorm_eps", lambda: RMSNorm((4, 5), eps=1e-2), [x(2, 4, 5)]),
    ("RMSNorm_plain", lambda: RMSNorm((9,), elementwise_affine=False), [x(9)]),
    ("GroupNorm_2_6", lambda: nn.GroupNorm(2, 6), [x(2, 6, 3, 4)]),
    ("GroupNorm_matrix", lambda: nn.GroupNorm(3, 6, eps=1e-2), [x(4, 6)]),
    ("GroupNorm_plain", lambda: nn.GroupNorm(1, 3, affine=False), [x(2, 3, 5)]),
    ("GroupNorm_channels", lambda: nn.GroupNorm(4, 4), [x(1, 4, 2, 3, 2)]),
    ("group_norm", lambda: lambda v: F.group_norm(v, 2), [x(2, 4, 5)]),
    ("InstanceNorm1d", lambda: nn.InstanceNorm1d(3), [x(2, 3, 7)]),
    ("InstanceNorm1d_unbatched", lambda: nn.InstanceNorm1d(3, affine=True), [x(3, 7)]),
    ("InstanceNorm2d_affine", lambda: nn.InstanceNorm2d(3, eps=1e-2, affine=True), [x(2, 3, 4, 5)]),
    ("InstanceNorm2d_running", lambda: nn.InstanceNorm2d(3, momentum=0.3, affine=True, track_running_stats=True), [x(2, 3, 4, 5)]),
    ("InstanceNorm2d_running_plain", lambda: nn.InstanceNorm2d(2, track_running_stats=True), [x(2, 4, 5)]),
    ("InstanceNorm3d", lambda: nn.InstanceNorm3d(2, affine=True), [x(2, 2, 3, 2, 3)]),
    ("InstanceNorm3d_unbatched", lambda: nn.InstanceNorm3d(2), [x(2, 3, 2, 3)]),
    ("instance_norm", lambda: lambda v: F.instance_norm(v), [x(2, 3, 6)]),
    ("BatchNorm1d_matrix", lambda: nn.BatchNorm1d(4, eps=1e-2), [x(3, 4)]),
    ("BatchNorm1d_no_running", lambda: nn.BatchNorm1d(4, track_running_stats=False), [x(3, 4, 5)]),
    ("BatchNorm1d_cumulative", lambda: nn.BatchNorm1d(4, momentum=None), [x(3, 4, 5)]),
    ("BatchNorm2d_plain", lambda: nn.BatchNorm2d(3, affine=False), [x(2, 3, 4, 5)]),
    ("BatchNorm2d_no_running_plain", lambda: nn.BatchNorm2d(3, affine=False, track_running_stats=False), [x(2, 3, 4, 5)]),
    ("BatchNorm3d", lambda: nn.BatchNorm3d(2, momentum=0.2), [x(2, 2, 3, 2, 3)]),
    ("BatchNorm3d_no_running", lambda: nn.BatchNorm3d(2, track_running_stats=False), [x(2, 2, 3, 2, 3)]),
    ("Linear_vector", lambda: nn.Linear(5, 3), [x(5)]),
    ("Linear_vector_no_bias", lambda: nn.Linear(5, 3, bias=False), [x(5)]),
    ("Linear_rank4_no_bias", lambda: nn.Linear(5, 3, bias=False), [x(2, 1, 3, 5)]),
    ("Bilinear", lambda: nn.Bilinear(3, 4, 5), [x(2, 3), x(2, 4)]),
    ("Bilinear_no_bias", lambda: nn.Bilinear(3, 4, 5, bias=False), [x(2, 3, 3), x(2, 3, 4)]),
    ("Bilinear_vectors", lambda: nn.Bilinear(3, 4, 2), [x(3), x(4)]),
]
