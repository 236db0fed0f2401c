"""Small images and their pixels as Pillow decodes them, for ImagesTest."""
import os
import numpy as np
import PIL.Image

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
rgb = np.kron(rng.integers(0, 256, (3, 4, 3)), np.ones((4, 5, 1))).astype(np.uint8)[:11, :17]
for name, image, options in [
    ("rgb.bmp", rgb, {}), ("rgb.png", rgb, {}), ("rgb.tif", rgb, {}), ("rgb.ppm", rgb, {}),
    ("gray.pgm", rgb[..., 0], {}), ("gray.png", rgb[..., 1], {}), ("gray.jpg", rgb[..., 2], {}),
    ("rgb.jpg", rgb, {}), ("fine.jpg", rgb, {"quality": 95, "subsampling": 0, "progressive": True}),
    ("palette.png", None, {}), ("alpha.png", np.dstack([rgb, rgb[..., 0]]), {}),
]:
    path = os.path.join(HERE, name)
    picture = PIL.Image.fromarray(rgb).quantize(16) if image is None else PIL.Image.fromarray(image)
    picture.save(path, **options)
    read = PIL.Image.open(path)
    np.asarray(read.convert("RGB")).tofile(path + ".rgb")
    np.asarray(read.convert("RGB").convert("L")).tofile(path + ".gray")
