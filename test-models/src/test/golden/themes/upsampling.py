"""Upsample in all its modes, and interpolate."""
import torch.nn as nn
import torch.nn.functional as F

from torch_nn import x

CASES = [
    ("Upsample_nearest_scale", lambda: nn.Upsample(scale_factor=2), [x(1, 2, 3, 2)]),
    ("Upsample_nearest_size", lambda: nn.Upsample(size=5), [x(1, 2, 3)]),
    ("Upsample_nearest_fraction", lambda: nn.Upsample(scale_factor=(1.5, 0.6)), [x(1, 2, 5, 4)]),
    ("Upsample_nearest_3d", lambda: nn.Upsample(size=(3, 1, 4)), [x(1, 1, 2, 2, 2)]),
    ("Upsample_nearest_exact", lambda: nn.Upsample(size=(7, 3), mode="nearest-exact"), [x(1, 1, 5, 5)]),
    ("Upsample_linear", lambda: nn.Upsample(scale_factor=2.5, mode="linear"), [x(1, 2, 5)]),
    ("Upsample_linear_corners", lambda: nn.Upsample(size=7, mode="linear", align_corners=True), [x(1, 2, 3)]),
    ("Upsample_bilinear", lambda: nn.Upsample(scale_factor=2, mode="bilinear"), [x(2, 1, 3, 2)]),
    ("Upsample_bilinear_size", lambda: nn.Upsample(size=(5, 1), mode="bilinear", align_corners=False), [x(1, 2, 3, 4)]),
    ("Upsample_bilinear_corners", lambda: nn.Upsample(scale_factor=(2.0, 3.0), mode="bilinear", align_corners=True), [x(1, 2, 3, 2)]),
    ("Upsample_bilinear_fraction", lambda: nn.Upsample(scale_factor=1.5, mode="bilinear"), [x(1, 1, 5, 3)]),
    ("Upsample_bicubic", lambda: nn.Upsample(scale_factor=2, mode="bicubic"), [x(1, 1, 4, 5)]),
    ("Upsample_bicubic_corners", lambda: nn.Upsample(size=(7, 3), mode="bicubic", align_corners=True), [x(1, 1, 4, 5)]),
    ("Upsample_trilinear", lambda: nn.Upsample(scale_factor=2, mode="trilinear"), [x(1, 1, 2, 3, 2)]),
    ("Upsample_trilinear_corners", lambda: nn.Upsample(size=(3, 2, 5), mode="trilinear", align_corners=True), [x(1, 1, 2, 3, 2)]),
    ("UpsamplingNearest2d", lambda: nn.UpsamplingNearest2d(scale_factor=2), [x(1, 1, 2, 3)]),
    ("UpsamplingNearest2d_size", lambda: nn.UpsamplingNearest2d(size=(3, 4)), [x(1, 1, 2, 3)]),
    ("UpsamplingBilinear2d", lambda: nn.UpsamplingBilinear2d(scale_factor=2), [x(1, 1, 2, 3)]),
    ("UpsamplingBilinear2d_size", lambda: nn.UpsamplingBilinear2d(size=(3, 5)), [x(1, 1, 2, 3)]),
    ("interpolate_scale", lambda: lambda t: F.interpolate(t, scale_factor=1.7, mode="bilinear"), [x(1, 1, 4, 3)]),
    ("interpolate_size", lambda: lambda t: F.interpolate(t, size=(2, 6)), [x(1, 1, 4, 3)]),
    ("Upsample_bilinear_keeps_height", lambda: nn.Upsample(scale_factor=(1.1, 1.6), mode="bilinear"), [x(1, 2, 5, 3)]),
    ("Upsample_linear_keeps_size", lambda: nn.Upsample(scale_factor=1.2, mode="linear"), [x(1, 2, 4)]),
]
