package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Conv3d;
import dev.sardonyx.api.nn.ConvTranspose1d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.ConvTranspose3d;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.Padding;
import dev.sardonyx.api.nn.PaddingMode;
import java.util.List;

class ConvolutionTest extends TorchTheme {
  ConvolutionTest() {
    super("convolution");
    directLayers();
    transposedLayers();
    functions();
  }

  private void directLayers() {
    add("Conv1d", () -> TorchSubject.layer(new Conv1d(3, 4, 3)));
    add("Conv1d_options", () -> TorchSubject.layer(new Conv1d(4, 6, 3, o -> o.stride(2).padding(2).dilation(2).groups(2).bias(false))));
    add("Conv1d_unbatched", () -> TorchSubject.layer(new Conv1d(3, 4, 2)));
    add("Conv1d_same", () -> TorchSubject.layer(new Conv1d(2, 3, 4, o -> o.padding(Padding.SAME).dilation(3))));
    add("Conv1d_circular", () -> TorchSubject.layer(new Conv1d(2, 3, 5, o -> o.padding(2).paddingMode(PaddingMode.CIRCULAR))));
    add("Conv2d_same_even", () -> TorchSubject.layer(new Conv2d(2, 3, IntTuple.of(4, 2), o -> o.padding(Padding.SAME))));
    add("Conv2d_same_dilated", () -> TorchSubject.layer(new Conv2d(2, 3, IntTuple.of(4, 3), o -> o.padding(Padding.SAME).dilation(3, 2))));
    add("Conv2d_valid", () -> TorchSubject.layer(new Conv2d(2, 3, 3, o -> o.stride(2).padding(Padding.VALID))));
    add("Conv2d_reflect", () -> TorchSubject.layer(new Conv2d(2, 3, 3, o -> o.padding(2, 1).stride(2).paddingMode(PaddingMode.REFLECT))));
    add("Conv2d_replicate", () -> TorchSubject.layer(new Conv2d(2, 3, 3, o -> o.padding(2).paddingMode(PaddingMode.REPLICATE).bias(false))));
    add("Conv2d_circular", () -> TorchSubject.layer(new Conv2d(2, 3, 3, o -> o.padding(2, 1).paddingMode(PaddingMode.CIRCULAR))));
    add("Conv2d_same_circular", () -> TorchSubject.layer(new Conv2d(2, 3, 4, o -> o.padding(Padding.SAME).paddingMode(PaddingMode.CIRCULAR))));
    add("Conv2d_valid_reflect", () -> TorchSubject.layer(new Conv2d(2, 3, 2, o -> o.padding(Padding.VALID).paddingMode(PaddingMode.REFLECT))));
    add("Conv3d", () -> TorchSubject.layer(new Conv3d(2, 3, 2)));
    add("Conv3d_options", () -> TorchSubject.layer(new Conv3d(4, 4, IntTuple.of(2, 3, 2), o -> o.stride(1, 2, 2).padding(1, 0, 2).dilation(2, 1, 1).groups(2))));
    add("Conv3d_depthwise", () -> TorchSubject.layer(new Conv3d(3, 6, 3, o -> o.padding(1).groups(3))));
    add("Conv3d_same", () -> TorchSubject.layer(new Conv3d(1, 2, IntTuple.of(2, 3, 4), o -> o.padding(Padding.SAME))));
    add("Conv3d_replicate", () -> TorchSubject.layer(new Conv3d(1, 2, 3, o -> o.padding(1, 2, 0).paddingMode(PaddingMode.REPLICATE))));
  }

  private void transposedLayers() {
    add("ConvTranspose1d", () -> TorchSubject.layer(new ConvTranspose1d(3, 4, 3)));
    add("ConvTranspose1d_options", () -> TorchSubject.layer(new ConvTranspose1d(4, 6, 4, o -> o.stride(3).padding(2).outputPadding(1).groups(2).bias(false).dilation(2))));
    add("ConvTranspose2d", () -> TorchSubject.layer(new ConvTranspose2d(3, 4, 2, o -> o.stride(2))));
    add("ConvTranspose2d_options", () -> TorchSubject.layer(new ConvTranspose2d(4, 6, IntTuple.of(3, 2), o -> o.stride(2, 3).padding(1, 2).outputPadding(1, 0).groups(2).dilation(1, 2))));
    add("ConvTranspose2d_depthwise", () -> TorchSubject.layer(new ConvTranspose2d(3, 3, 3, o -> o.stride(2).padding(1).outputPadding(1).groups(3))));
    add("ConvTranspose2d_dense", () -> TorchSubject.layer(new ConvTranspose2d(2, 3, 3, o -> o.padding(2))));
    add("ConvTranspose3d", () -> TorchSubject.layer(new ConvTranspose3d(2, 3, 2, o -> o.stride(2))));
    add("ConvTranspose3d_options", () -> TorchSubject.layer(new ConvTranspose3d(4, 2, IntTuple.of(2, 3, 1), o -> o.stride(2, 1, 3).padding(1, 1, 0).outputPadding(1, 0, 2).groups(2))));
    add("ConvTranspose2d_output_size", ConvolutionTest::sized);
  }

  private static TorchSubject sized() {
    var layer = new ConvTranspose2d(2, 3, 3, o -> o.stride(2, 3).padding(1));
    IntTuple size = IntTuple.of(8, 11);
    return TorchSubject.layer(layer, in -> List.of(layer.forward(in.getFirst(), size)));
  }

  private void functions() {
    add("conv1d", () -> TorchSubject.functions(in -> List.of(Functional.conv1d(in.get(0), in.get(1), in.get(2), o -> o.stride(2)))));
    add("conv2d", () -> TorchSubject.functions(in -> List.of(Functional.conv2d(in.get(0), in.get(1), null, o -> o.padding(Padding.SAME).dilation(2)))));
    add("conv3d", () -> TorchSubject.functions(in -> List.of(Functional.conv3d(in.get(0), in.get(1), in.get(2), o -> o.padding(1)))));
    add("conv_transpose1d", () -> TorchSubject.functions(in -> List.of(Functional.convTranspose1d(in.get(0), in.get(1), in.get(2), o -> o.stride(2)))));
    add("conv_transpose2d", () -> TorchSubject.functions(in -> List.of(Functional.convTranspose2d(in.get(0), in.get(1), null, o -> o.groups(2)))));
    add("conv_transpose3d", () -> TorchSubject.functions(in -> List.of(Functional.convTranspose3d(in.get(0), in.get(1), null, o -> o.stride(2)))));
  }
}
