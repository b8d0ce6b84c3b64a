"""Writes the PNG fixtures and what Pillow reads from them: python3 make.py (Pillow 9.4)."""

from pathlib import Path

import numpy as np
from PIL import Image

rng = np.random.RandomState(3)
here = Path(__file__).parent


def pattern(channels):
    y, x = np.mgrid[0:5, 0:7]
    planes = [x * 20 + y * 31 * (k + 1) + rng.randint(0, 9, (5, 7)) for k in range(channels)]
    return (np.stack(planes, -1) % 256).astype(np.uint8)


def emit(name, image, expected, **options):
    image.save(here / f"{name}.png", **options)
    (here / f"{name}.bin").write_bytes(expected.astype(np.uint8).tobytes())


gray = pattern(1)[..., 0]
emit("gray-8", Image.fromarray(gray), gray)
gray_alpha = pattern(2)
emit("gray-alpha-8", Image.fromarray(gray_alpha, "LA"), gray_alpha)
rgb = pattern(3)
emit("rgb-8", Image.fromarray(rgb), rgb)
rgba = pattern(4)
emit("rgb-alpha-8", Image.fromarray(rgba), rgba)
deep = (pattern(1)[..., 0].astype(np.uint16) * 257 + rng.randint(0, 200, (5, 7))).astype(np.uint16)
emit("gray-16", Image.fromarray(deep), np.round(deep / 257.0))
bits = pattern(1)[..., 0] > 127
emit("gray-1", Image.fromarray(bits), bits * 255)
palette = Image.fromarray(rgb).quantize(5)
colours = np.array(palette.convert("RGB"))
emit("palette-4", palette, colours)
alpha = np.where(np.array(palette) == 2, 7, 255)[..., None]
emit("palette-alpha-4", palette, np.concatenate([colours, alpha], -1), transparency=b"\xff\xff\x07")
