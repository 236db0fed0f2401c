"""Tensor methods that treat each element alone, with PyTorch's promotion of element types."""
import torch

from torch_nn import ints, x


def functions(t):
    return [t.abs(), t.neg(), t.sign(), t.floor(), t.ceil(), t.round(), t.exp(), t.sin(), t.cos(), t.tanh(), t.sigmoid(),
            t.square()]


def roots(t):
    return [t.log(), t.sqrt(), t.rsqrt(), t.reciprocal()]


def arithmetic(a, b):
    return [a + b, a - b, a * b, a / b, torch.maximum(a, b), torch.minimum(a, b)]


def compared(a, b):
    return [a == b, a != b, a < b, a <= b, a > b, a >= b]


def numbers(t):
    return [t + 2, t + 0.5, t - 2, 3 - t, 0.5 - t, t * 3, t * 0.25, t / 2, t ** 2]


def logic(a, b):
    return [torch.logical_and(a, b), torch.logical_or(a, b), torch.logical_xor(a, b), torch.logical_not(a)]


def casts(t):
    return [t.to(d) for d in (torch.float64, torch.float32, torch.int64, torch.int32, torch.bool)]


CASES = [
    ("functions_float32", lambda: functions, [x(3, 5)]),
    ("functions_float64", lambda: functions, [x(3, 5).double()]),
    ("functions_int64", lambda: functions, [ints(3, 5, lo=-3, hi=4)]),
    ("roots_float32", lambda: roots, [x(3, 5, lo=0.1, hi=4)]),
    ("roots_float64", lambda: roots, [x(3, 5, lo=0.1, hi=4).double()]),
    ("roots_int32", lambda: roots, [ints(3, 5, lo=1, hi=9).int()]),
    ("erf", lambda: lambda t: t.erf(), [x(4, 5, lo=-4, hi=4)]),
    ("arithmetic_broadcast", lambda: arithmetic, [x(2, 1, 3), x(4, 1)]),
    ("arithmetic_int64_float32", lambda: arithmetic, [ints(2, 3, lo=-4, hi=5), x(3)]),
    ("arithmetic_float32_float64", lambda: arithmetic, [x(2, 3), x(3).double()]),
    ("arithmetic_int32_int64", lambda: arithmetic, [ints(2, 3, lo=-4, hi=5).int(), ints(3, lo=1, hi=9)]),
    ("arithmetic_int64_scalar_float64", lambda: arithmetic, [ints(2, 3, lo=-4, hi=5), x().double()]),
    ("arithmetic_float32_scalar_float64", lambda: arithmetic, [x(2, 3), x().double()]),
    ("arithmetic_scalar_int64_int32", lambda: arithmetic, [ints(lo=1), ints(2, 3, lo=1, hi=9).int()]),
    ("arithmetic_int32_bool", lambda: lambda a, b: [a + b, a * b, b + a], [ints(2, 3).int(), ints(3, hi=2).bool()]),
    ("arithmetic_bool", lambda: lambda a, b: [a + b, a * b], [ints(2, 3, hi=2).bool(), ints(3, hi=2).bool()]),
    ("numbers_float32", lambda: numbers, [x(2, 3)]),
    ("numbers_float64", lambda: numbers, [x(2, 3).double()]),
    ("numbers_int64", lambda: numbers, [ints(2, 3, lo=-4, hi=5)]),
    ("numbers_int32", lambda: numbers, [ints(2, 3, lo=-4, hi=5).int()]),
    ("numbers_bool", lambda: lambda t: [t + 2, t + 0.5, t * 3, t / 2], [ints(2, 3, hi=2).bool()]),
    ("pow_tensor", lambda: lambda a, b: a ** b, [x(2, 3, lo=0.1, hi=3), x(3)]),
    ("pow_int64", lambda: lambda a, b: a ** b, [ints(2, 3, lo=-4, hi=5), ints(3, hi=6)]),
    ("pow_fraction", lambda: lambda t: [t ** 0.5, t ** -1, t ** 3], [x(2, 3, lo=0.1, hi=3)]),
    ("pow_int64_fraction", lambda: lambda t: t ** 0.5, [ints(2, 3, lo=1, hi=5)]),
    ("compared_float32", lambda: compared, [x(2, 3).round(), x(3).round()]),
    ("compared_int64_float32", lambda: compared, [ints(2, 3, lo=-2, hi=3), x(3).round()]),
    ("compared_bool", lambda: compared, [ints(2, 3, hi=2).bool(), ints(3, hi=2).bool()]),
    ("compared_number", lambda: lambda t: compared(t, 1), [x(2, 3).round()]),
    ("compared_int64_number", lambda: lambda t: compared(t, 0.5), [ints(2, 3, lo=-1, hi=2)]),
    ("logic_bool", lambda: logic, [ints(2, 3, hi=2).bool(), ints(3, hi=2).bool()]),
    ("logic_float32_int64", lambda: logic, [x(2, 3).round(), ints(3, hi=2)]),
    ("where", lambda: torch.where, [ints(2, 3, hi=2).bool(), x(3), x(2, 1)]),
    ("where_promoted", lambda: torch.where, [ints(2, 3, hi=2).bool(), x(3), x(2, 1).double()]),
    ("where_method", lambda: lambda t: t.where(t > 0, torch.tensor(-1.0)), [x(2, 3)]),
    ("masked_fill", lambda: lambda t, m: t.masked_fill(m, -1e9), [x(2, 3), ints(3, hi=2).bool()]),
    ("clamp", lambda: lambda t: [t.clamp(-1, 0.5), t.clamp(min=-0.5), t.clamp(max=1), t.clamp(1, -1)], [x(3, 4)]),
    ("clamp_int64", lambda: lambda t: [t.clamp(-1, 2), t.clamp(min=0), t.clamp(-1.5, 2)], [ints(3, 4, lo=-4, hi=5)]),
    ("cast_float32", lambda: casts, [x(3, 4)]),
    ("cast_float64", lambda: casts, [x(3, 4).double()]),
    ("cast_int64", lambda: casts, [ints(3, 4, lo=-2, hi=3)]),
    ("cast_bool", lambda: casts, [ints(3, 4, hi=2).bool()]),
]
