"""Makes the files of this folder: small inputs, and what PyTorch and NumPy make of them.

Run in this folder; needs torch, numpy and PIL.
"""

import numpy as np
import torch
from PIL import Image

random = np.random.default_rng(0)

# A picture of 9 x 14 pixels, and as models take it: resized as torch does with antialiasing
# (smaller and larger), and normalised by the numbers of torchvision.
pixels = random.integers(0, 256, (9, 14, 3), dtype=np.uint8)
Image.fromarray(pixels).save("picture.png")
planes = torch.tensor(pixels.transpose(2, 0, 1)[None].astype(np.float32)) / 255
mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
deviation = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def resized(height, width):
    return torch.nn.functional.interpolate(
        planes, (height, width), mode="bilinear", antialias=True, align_corners=False
    )


np.savez_compressed(
    "picture.npz",
    whole=planes.numpy(),
    normalised=((planes - mean) / deviation).numpy(),
    smaller=resized(4, 5).numpy(),
    larger_normalised=((resized(17, 20) - mean) / deviation).numpy(),
)

# Tables, as NumPy writes them.
table = random.standard_normal((3, 4))
np.savetxt("table.csv", table, delimiter=",", header="a,b,c,d", comments="")
np.save("table.npy", table)
np.savetxt("whole.csv", np.arange(6).reshape(2, 3), fmt="%d", delimiter=";")
np.savez("named.npz", x=np.ones((2, 3), np.float32), y=np.arange(2))
np.savez("placed.npz", np.ones((2, 3), np.float32), np.arange(2))
