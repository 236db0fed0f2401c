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
