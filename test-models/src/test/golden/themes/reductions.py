"""Tensor methods that reduce dims."""
import torch

from torch_nn import ints, x

CASES = [
    ("sum", lambda: lambda t: t.sum(), [x(3, 4)]),
    ("sum_dim", lambda: lambda t: t.sum(1), [x(3, 4, 5)]),
    ("sum_dims_keepdim", lambda: lambda t: t.sum((0, -1), keepdim=True), [x(3, 4, 5)]),
    ("sum_int64", lambda: lambda t: t.sum(0), [ints(3, 4)]),
    ("mean", lambda: lambda t: t.mean(), [x(3, 4)]),
    ("mean_dims", lambda: lambda t: t.mean((1, 2)), [x(3, 4, 5)]),
    ("prod_dim", lambda: lambda t: t.prod(1), [x(3, 4)]),
    ("amax_dims", lambda: lambda t: t.amax((0, 1)), [x(3, 4, 5)]),
    ("amin_keepdim", lambda: lambda t: t.amin(-1, keepdim=True), [x(3, 4)]),
    ("max", lambda: lambda t: t.max(), [x(3, 4)]),
    ("max_dim", lambda: lambda t: t.max(1), [x(3, 4)]),
    ("max_dim_keepdim", lambda: lambda t: t.max(0, keepdim=True), [x(3, 4)]),
    ("max_ties", lambda: lambda t: t.max(1), [ints(4, 9, hi=3)]),
    ("min_dim", lambda: lambda t: t.min(-2), [x(3, 4, 2)]),
    ("min", lambda: lambda t: t.min(), [x(3, 4)]),
    ("argmax", lambda: lambda t: t.argmax(), [x(3, 4)]),
    ("argmax_dim_keepdim", lambda: lambda t: t.argmax(1, keepdim=True), [x(3, 4)]),
    ("argmin_dim", lambda: lambda t: t.argmin(0), [x(3, 4)]),
    ("argmin", lambda: lambda t: t.argmin(), [x(3, 4)]),
    ("logsumexp", lambda: lambda t: t.logsumexp(1), [x(3, 4)]),
    ("var", lambda: lambda t: t.var(), [x(3, 4)]),
    ("var_dim_biased_keepdim", lambda: lambda t: t.var(1, unbiased=False, keepdim=True), [x(3, 4)]),
    ("std_dims", lambda: lambda t: t.std((0, 2)), [x(3, 4, 2)]),
    ("norm", lambda: lambda t: t.norm(), [x(3, 4)]),
    ("norm_1_dim", lambda: lambda t: t.norm(1, 1), [x(3, 4)]),
    ("norm_inf_keepdim", lambda: lambda t: t.norm(float("inf"), 0, keepdim=True), [x(3, 4)]),
    ("norm_minus_inf", lambda: lambda t: t.norm(float("-inf"), 1), [x(3, 4)]),
    ("cumsum", lambda: lambda t: t.cumsum(1), [x(3, 4)]),
    ("cumsum_int64", lambda: lambda t: t.cumsum(-2), [ints(3, 4)]),
    ("softmax", lambda: lambda t: t.softmax(0), [x(3, 4)]),
    ("log_softmax", lambda: lambda t: t.log_softmax(-1), [x(3, 4)]),
]
