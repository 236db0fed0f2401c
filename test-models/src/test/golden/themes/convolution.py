"""Convolutions and transposed ones over one to three axes."""
import torch.nn as nn
import torch.nn.functional as F

from torch_nn import x


class Sized(nn.ConvTranspose2d):
    """with the output_size argument of forward"""

    def forward(self, images):
        return super().forward(images, output_size=[8, 11])

    def _get_name(self):
        return "ConvTranspose2d"


CASES = [
    ("Conv1d", lambda: nn.Conv1d(3, 4, 3), [x(2, 3, 9)]),
    ("Conv1d_options", lambda: nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False), [x(2, 4, 11)]),
    ("Conv1d_unbatched", lambda: nn.Conv1d(3, 4, 2), [x(3, 7)]),
    ("Conv1d_same", lambda: nn.Conv1d(2, 3, 4, padding='same', dilation=3), [x(1, 2, 13)]),
    ("Conv1d_circular", lambda: nn.Conv1d(2, 3, 5, padding=2, padding_mode='circular'), [x(2, 2, 8)]),
    ("Conv2d_same_even", lambda: nn.Conv2d(2, 3, (4, 2), padding='same'), [x(1, 2, 6, 5)]),
    ("Conv2d_same_dilated", lambda: nn.Conv2d(2, 3, (4, 3), padding='same', dilation=(3, 2)), [x(1, 2, 11, 7)]),
    ("Conv2d_valid", lambda: nn.Conv2d(2, 3, 3, stride=2, padding='valid'), [x(1, 2, 7, 6)]),
    ("Conv2d_reflect", lambda: nn.Conv2d(2, 3, 3, padding=(2, 1), stride=2, padding_mode='reflect'), [x(1, 2, 6, 5)]),
    ("Conv2d_replicate", lambda: nn.Conv2d(2, 3, 3, padding=2, padding_mode='replicate', bias=False), [x(1, 2, 4, 5)]),
    ("Conv2d_circular", lambda: nn.Conv2d(2, 3, 3, padding=(2, 1), padding_mode='circular'), [x(1, 2, 4, 5)]),
    ("Conv2d_same_circular", lambda: nn.Conv2d(2, 3, 4, padding='same', padding_mode='circular'), [x(1, 2, 5, 6)]),
    ("Conv2d_valid_reflect", lambda: nn.Conv2d(2, 3, 2, padding='valid', padding_mode='reflect'), [x(1, 2, 3, 4)]),
    ("Conv3d", lambda: nn.Conv3d(2, 3, 2), [x(1, 2, 3, 4, 5)]),
    ("Conv3d_options", lambda: nn.Conv3d(4, 4, (2, 3, 2), stride=(1, 2, 2), padding=(1, 0, 2), dilation=(2, 1, 1), groups=2), [x(2, 4, 4, 5, 4)]),
    ("Conv3d_depthwise", lambda: nn.Conv3d(3, 6, 3, padding=1, groups=3), [x(3, 3, 4, 3)]),
    ("Conv3d_same", lambda: nn.Conv3d(1, 2, (2, 3, 4), padding='same'), [x(1, 1, 3, 4, 5)]),
    ("Conv3d_replicate", lambda: nn.Conv3d(1, 2, 3, padding=(1, 2, 0), padding_mode='replicate'), [x(1, 1, 3, 4, 4)]),
    ("ConvTranspose1d", lambda: nn.ConvTranspose1d(3, 4, 3), [x(2, 3, 5)]),
    ("ConvTranspose1d_options", lambda: nn.ConvTranspose1d(4, 6, 4, stride=3, padding=2, output_padding=1, groups=2, bias=False, dilation=2), [x(4, 5)]),
    ("ConvTranspose2d", lambda: nn.ConvTranspose2d(3, 4, 2, stride=2), [x(2, 3, 4, 5)]),
    ("ConvTranspose2d_options", lambda: nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 3), padding=(1, 2), output_padding=(1, 0), groups=2, dilation=(1, 2)), [x(1, 4, 4, 5)]),
    ("ConvTranspose2d_depthwise", lambda: nn.ConvTranspose2d(3, 3, 3, stride=2, padding=1, output_padding=1, groups=3), [x(3, 4, 3)]),
    ("ConvTranspose2d_dense", lambda: nn.ConvTranspose2d(2, 3, 3, padding=2), [x(1, 2, 5, 6)]),
    ("ConvTranspose3d", lambda: nn.ConvTranspose3d(2, 3, 2, stride=2), [x(1, 2, 2, 3, 2)]),
    ("ConvTranspose3d_options", lambda: nn.ConvTranspose3d(4, 2, (2, 3, 1), stride=(2, 1, 3), padding=(1, 1, 0), output_padding=(1, 0, 2), groups=2), [x(4, 2, 3, 2)]),
    ("ConvTranspose2d_output_size", lambda: Sized(2, 3, 3, stride=(2, 3), padding=1), [x(1, 2, 4, 4)]),
    ("conv1d", lambda: lambda a, w, b: F.conv1d(a, w, b, stride=2), [x(2, 3, 8), x(4, 3, 3), x(4)]),
    ("conv2d", lambda: lambda a, w: F.conv2d(a, w, padding="same", dilation=2), [x(1, 2, 5, 5), x(2, 2, 2, 3)]),
    ("conv3d", lambda: lambda a, w, b: F.conv3d(a, w, b, padding=1), [x(2, 2, 3, 3), x(2, 2, 2, 2, 2), x(2)]),
    ("conv_transpose1d", lambda: lambda a, w, b: F.conv_transpose1d(a, w, b, stride=2), [x(1, 2, 4), x(2, 3, 3), x(3)]),
    ("conv_transpose2d", lambda: lambda a, w: F.conv_transpose2d(a, w, groups=2), [x(1, 2, 3, 4), x(2, 1, 2, 3)]),
    ("conv_transpose3d", lambda: lambda a, w: F.conv_transpose3d(a, w, stride=2), [x(1, 2, 2, 2, 2), x(2, 1, 1, 2, 3)]),
]
