"""Writes golden inputs and outputs of operators with numpy and PyTorch 1.13: see GoldenOperator.

usage: operators.py FOLDER [NAME...]     (FOLDER: src/test/resources/golden/operators)
"""
import os
import sys

import numpy as np

CASES = {}


def case(function):
    CASES[function.__name__] = function
    return function


def random(seed, *shape):
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)


def pairs(values):
    return np.stack([values.real, values.imag], axis=-1)


def complex_of(x):
    return x[..., 0].astype(np.float64) + 1j * x[..., 1]


@case
def signals():
    for n in (1, 2, 3, 7, 16, 17, 97, 100, 257):
        x = random(n, 3, n, 1)
        spectrum = np.fft.fft(x[..., 0].astype(np.float64))
        yield f"dft_real_{n}", [x], [pairs(spectrum).astype(np.float32)]
        c = random(n, 2, n, 2, 2).astype(np.float64)
        axis = np.array(1)
        spectrum = np.fft.fft(complex_of(c), axis=1)
        yield f"dft_complex_{n}", [c, None, axis], [pairs(spectrum)]
        inverse = np.fft.ifft(complex_of(c), axis=1)
        yield f"idft_complex_{n}", [c, None, axis], [pairs(inverse)]
        half = np.fft.rfft(x[..., 0].astype(np.float64))
        yield f"rdft_{n}", [x], [pairs(half).astype(np.float32)]
        back = np.fft.irfft(complex_of(c), n=n, axis=1)
        yield f"irdft_{n}", [c, np.array(n), axis], [back[..., None]]
    c = random(3, 2, 5, 2)
    back = np.fft.irfft(complex_of(c))
    yield "irdft_default", [c], [back[..., None].astype(np.float32)]
    for n in (4, 9):
        spectrum = np.fft.fft(complex_of(random(5, 6, 3, 2)), n=n, axis=0)
        x = random(5, 6, 3, 2)
        yield f"dft_length_{n}", [x, np.array(n), np.array(-3)], [pairs(spectrum).astype(np.float32)]
    signal = random(1, 2, 50, 2)
    window = random(2, 11)
    frames = np.stack([complex_of(signal)[:, i : i + 11] for i in range(0, 40, 4)], axis=1)
    spectrum = pairs(np.fft.fft(frames * window)).astype(np.float32)
    yield "stft_complex", [signal, np.array(4), window], [spectrum]
    import torch

    signal = random(1, 2, 45, 1)
    spectrum = torch.stft(
        torch.tensor(signal[..., 0]),
        10,
        hop_length=3,
        window=torch.tensor(random(2, 10)),
        center=False,
        return_complex=True,
    )
    spectrum = pairs(spectrum.numpy().transpose(0, 2, 1))
    yield "stft_real", [signal, np.array(3), random(2, 10), np.array(10)], [spectrum]


def attend(q, k, v, mask=None, valid=None, past=0, causal=False, left=-1, right=-1, cap=0):
    """Attention token by token from the formula, in double; arrays are (batch, heads, ...)."""
    q, k, v = (a.astype(np.float64) for a in (q, k, v))
    batch, heads, queries, size = q.shape
    total = k.shape[2]
    y = np.zeros((batch, heads, queries, v.shape[3]))
    probabilities = np.zeros((batch, heads, queries, total))
    if mask is not None:
        mask = np.broadcast_to(mask, (batch, heads, queries, mask.shape[-1]))
    for b, h, i in np.ndindex(batch, heads, queries):
        offset = past if valid is None else int(valid[b]) - queries
        keys, scores = [], []
        for j in range(total):
            seen = valid is None or j < valid[b]
            seen &= not causal or j <= i + offset
            seen &= left < 0 or j >= i + offset - left
            seen &= right < 0 or j <= i + offset + right
            score = q[b, h, i] @ k[b, h * k.shape[1] // heads, j] / np.sqrt(size)
            score = cap * np.tanh(score / cap) if cap else score
            if mask is not None and j >= mask.shape[-1]:
                seen = False
            elif mask is not None and mask.dtype == bool:
                seen &= mask[b, h, i, j]
            elif mask is not None:
                score += mask[b, h, i, j]
            if seen and score > -np.inf:
                keys.append(j)
                scores.append(score)
        if keys:
            weights = np.exp(np.array(scores) - max(scores))
            weights /= weights.sum()
            probabilities[b, h, i, keys] = weights
            y[b, h, i] = weights @ v[b, h * v.shape[1] // heads, keys]
    return y, probabilities


@case
def attention():
    q, k, v = random(1, 2, 4, 3, 5), random(2, 2, 2, 7, 5), random(3, 2, 2, 7, 6)
    valid = np.array([7, 2])
    rows = np.array([True, True, False, True, False, False, True])
    for name, options in {
        "valid": {"valid": valid},
        "valid_causal": {"valid": valid, "causal": True},
        "valid_window": {"valid": valid, "left": 1, "right": 2},
        "window": {"left": 2, "right": 1},
        "window_causal": {"left": 1, "causal": True},
        "short_mask": {"mask": random(4, 2, 1, 3, 4), "valid": np.array([4, 3])},
        "short_truth": {"mask": rows[None, :5]},
        "blind": {"mask": np.stack([rows, rows & False, rows])},
        "blind_causal": {"mask": np.stack([~rows, ~rows, ~rows]), "causal": True},
        "minus_infinity": {"mask": np.where(rows, np.float32(0), np.float32(-np.inf))[None]},
        "capped": {"cap": 0.25, "mask": rows[None]},
    }.items():
        for dtype in (np.float32, np.float64):
            mask = options.get("mask")
            if mask is not None and mask.dtype != bool:
                mask = mask.astype(dtype)
            x = [q.astype(dtype), k.astype(dtype), v.astype(dtype), mask, None, None]
            y, probabilities = attend(*x[:3], **options)
            outputs = [y, k, v, probabilities]
            outputs = [array.astype(dtype) for array in outputs]
            yield f"{name}_{np.dtype(dtype).name}", x + [options.get("valid")], outputs
    y, _ = attend(q.astype(np.float16), k.astype(np.float16), v.astype(np.float16), causal=True)
    x = [q.astype(np.float16), k.astype(np.float16), v.astype(np.float16)]
    yield "half", x, [y.astype(np.float16)]


def linear(rule, q, k, v, state, decay, beta, heads, keys):
    """The recurrence from its definition, in double."""
    batch, length, _ = q.shape
    group = heads // keys
    size, width = q.shape[2] // heads, v.shape[2] // keys
    y = np.zeros((batch, length, heads * width))
    last = np.zeros((batch, keys, size, width))
    for b, h in np.ndindex(batch, keys):
        s = np.zeros((size, width)) if state is None else state[b, h].astype(np.float64)
        for t in range(length):
            key = k[b, t, h * size : (h + 1) * size].astype(np.float64)
            value = v[b, t, h * width : (h + 1) * width].astype(np.float64)
            if decay is not None:
                each = decay.shape[2] != keys
                gate = decay[b, t, h * size : (h + 1) * size] if each else decay[b, t, [h]]
                s = np.diag(np.broadcast_to(np.exp(gate.astype(np.float64)), size)) @ s
            if beta is not None:
                value = beta[b, t, h % beta.shape[2]] * (value - s.T @ key)
            s = s + np.outer(key, value)
            for g in range(h * group, (h + 1) * group):
                query = q[b, t, g * size : (g + 1) * size].astype(np.float64)
                y[b, t, g * width : (g + 1) * width] = s.T @ query / np.sqrt(size)
        last[b, h] = s
    return y.astype(np.float32), last.astype(np.float32)


@case
def states():
    q, k, v = random(1, 2, 5, 12), random(2, 2, 5, 6), random(3, 2, 5, 8)
    state = random(4, 2, 2, 3, 4)
    narrow, wide = random(5, 2, 5, 2), random(6, 2, 5, 6)
    beta, one = random(7, 2, 5, 2), random(8, 2, 5, 1)
    for name, past, decay, update in (
        ("linear", None, None, None),
        ("linear_past", state, None, None),
        ("gated", state, narrow, None),
        ("gated_wide", None, wide, None),
        ("delta", state, None, beta),
        ("delta_one", state, None, one),
        ("gated_delta", state, wide, beta),
        ("gated_delta_one", None, narrow, one),
    ):
        outputs = linear(name, q, k, v, past, decay, update, 4, 2)
        yield name, [q, k, v, past, decay, update], outputs
    import torch

    for name, length, kernel, past, bias in (
        ("convolution", 9, 4, None, random(3, 3)),
        ("convolution_past", 9, 4, random(4, 2, 3, 3), None),
        ("convolution_short", 2, 5, random(4, 2, 3, 4), random(3, 3)),
        ("convolution_first", 1, 4, None, None),
        ("convolution_point", 4, 1, None, random(3, 3)),
    ):
        x, weight = random(1, 2, 3, length), random(2, 3, 1, kernel)
        before = np.zeros((2, 3, kernel - 1), np.float32) if past is None else past
        whole = np.concatenate([before, x], axis=2)
        y = torch.nn.functional.conv1d(
            torch.tensor(whole),
            torch.tensor(weight),
            None if bias is None else torch.tensor(bias),
            groups=3,
        )
        state = whole[:, :, whole.shape[2] - kernel + 1 :]
        yield name, [x, weight, bias, past], [y.numpy(), state]
        silu = torch.nn.functional.silu(y).numpy()
        yield "silu_" + name, [x, weight, bias, past], [silu, state]


@case
def sampling():
    import torch
    import torchvision
    from torch.nn.functional import affine_grid, fold, grid_sample

    for name, shape in (("2d", (2, 3, 5, 4)), ("3d", (2, 2, 3, 4, 5))):
        rank = len(shape) - 2
        x = random(1, *shape)
        grid = 2.5 * random(2, shape[0], *([3, 4, 5][:rank]), rank)
        for mode in ("bilinear", "nearest", "bicubic"):
            for padding in ("zeros", "border", "reflection"):
                for corners in (True, False):
                    if mode == "bicubic" and rank == 3:
                        continue
                    y = grid_sample(
                        torch.tensor(x), torch.tensor(grid), mode, padding, align_corners=corners
                    )
                    case_name = f"grid_{name}_{mode}_{padding}_{int(corners)}"
                    yield case_name, [x, grid], [y.numpy()]
        theta = random(3, 2, rank, rank + 1)
        for corners in (True, False):
            size = [2, 3] + [4, 1, 5][:rank]
            y = affine_grid(torch.tensor(theta), size, align_corners=corners)
            yield f"affine_{name}_{int(corners)}", [theta, np.array(size)], [y.numpy()]
    x = random(4, 2, 18, 12)
    y = fold(torch.tensor(x), (7, 9), (3, 2), (1, 2), (1, 0), (2, 3))
    inputs = [np.array(a) for a in ((7, 9), (3, 2))]
    yield "fold", [x[:, :, : 12]] + inputs, [y.numpy()]
    x, w, b = random(5, 2, 4, 6, 5), random(6, 6, 2, 3, 2), random(7, 6)
    offset, mask = 3 * random(8, 2, 24, 3, 4), random(9, 2, 12, 3, 4)
    arguments = [torch.tensor(a) for a in (x, offset, w, b)]
    y = torchvision.ops.deform_conv2d(
        *arguments, stride=(2, 1), padding=(1, 0), dilation=(1, 1), mask=torch.tensor(mask)
    )
    yield "deformed", [x, w, offset, b, mask], [y.numpy()]


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name in sys.argv[2:] or CASES:
        arrays = {}
        for case_name, inputs, outputs in CASES[name]():
            for kind, tensors in (("x", inputs), ("y", outputs)):
                for i, tensor in enumerate(tensors):
                    if tensor is not None:
                        key = f"{case_name}.{kind}{i}"
                        arrays[key] = np.array(tensor, order="C")
        np.savez_compressed(os.path.join(folder, name + ".npz"), **arrays)


if __name__ == "__main__":
    main()
