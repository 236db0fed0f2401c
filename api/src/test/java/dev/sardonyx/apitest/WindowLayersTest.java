package dev.sardonyx.apitest;

import static dev.sardonyx.api.error.ErrorCode.ARGUMENT;
import static dev.sardonyx.api.error.ErrorCode.SHAPE;
import static dev.sardonyx.apitest.Graphs.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.AdaptiveAvgPool1d;
import dev.sardonyx.api.nn.AdaptiveMaxPool2d;
import dev.sardonyx.api.nn.AvgPool1d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Conv3d;
import dev.sardonyx.api.nn.ConvTranspose1d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.MaxPool3d;
import dev.sardonyx.api.nn.Padding;
import dev.sardonyx.api.nn.PaddingMode;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Layers that slide a window: shapes of symbolic dims, and arguments that are refused. */
class WindowLayersTest {
  private static String output(UnaryModule layer, String... dims) {
    return trace(layer, dims).outputs().getFirst().type().toString();
  }

  @Test
  void convolutionsKeepSymbols() {
    assertThat(output(new Conv1d(2, 4, 3), "batch", "2", "length"))
        .isEqualTo("float32[batch, 4, length - 2]");
    assertThat(output(new Conv2d(2, 4, 4, o -> o.padding(Padding.SAME)), "batch", "2", "h", "w"))
        .isEqualTo("float32[batch, 4, h, w]");
    assertThat(output(new Conv3d(2, 4, 1), "batch", "2", "d", "h", "w"))
        .isEqualTo("float32[batch, 4, d, h, w]");
    var circular = new Conv1d(2, 4, 3, o -> o.padding(1).paddingMode(PaddingMode.CIRCULAR));
    assertThat(output(circular, "batch", "2", "8")).isEqualTo("float32[batch, 4, 8]");
    assertThat(output(new ConvTranspose1d(2, 4, 2, o -> o.stride(2)), "batch", "2", "length"))
        .isEqualTo("float32[batch, 4, 2*length]");
  }

  @Test
  void poolsKeepSymbols() {
    assertThat(output(new MaxPool3d(1), "batch", "2", "d", "h", "w"))
        .isEqualTo("float32[batch, 2, d, h, w]");
    assertThat(output(new AdaptiveMaxPool2d(1), "batch", "2", "h", "w"))
        .isEqualTo("float32[batch, 2, 1, 1]");
    assertThat(output(new AdaptiveMaxPool2d(3, 2), "batch", "2", "7", "5"))
        .isEqualTo("float32[batch, 2, 3, 2]");
  }

  @Test
  void argumentsAreNamedWithBothSides() {
    Errors.expect(
        ARGUMENT,
        () -> new Conv2d(1, 1, IntTuple.of(1, 2, 3), o -> o),
        "Conv2d: kernelSize must be one number or 2, found (1, 2, 3)");
    Errors.expect(
        ARGUMENT,
        () -> new Conv2d(1, 1, 3, o -> o.stride(1, 2).padding(Padding.SAME)),
        "Conv2d: stride must be 1 with padding same, found (1, 2)");
    Errors.expect(
        ARGUMENT,
        () -> new ConvTranspose2d(1, 1, 3, o -> o.stride(2).outputPadding(2)),
        "ConvTranspose2d: outputPadding must be less than stride or dilation, found (2, 2)");
    Errors.expect(
        ARGUMENT,
        () -> new AvgPool2d(2, o -> o.divisorOverride(0)),
        "AvgPool2d: divisorOverride must be not 0, found 0");
    Errors.expect(ARGUMENT, () -> new AvgPool1d(2, o -> o.divisorOverride(2)), "left out");
    Errors.expect(
        ARGUMENT,
        () ->
            new ConvTranspose2d(1, 1, 3, o -> o.stride(2))
                .forward(Tensor.ones(1, 1, 4, 4), IntTuple.of(9, 11)),
        "outputSize must be between 9 and 10 on spatial axis 1, found (9, 11)");
  }

  @Test
  void shapesAreNamedAsTheLayerExpectsThem() {
    Errors.expect(
        SHAPE,
        () -> trace(new Conv3d(2, 1, 1), "batch", "2", "4"),
        "Conv3d expects [N, 2, D, H, W] or [2, D, H, W], found float32[batch, 2, 4]");
    Errors.expect(
        SHAPE,
        () -> trace(new AdaptiveAvgPool1d(2), "batch", "2", "length"),
        "AdaptiveAvgPool1d to (2,) expects known spatial dims, found float32[batch, 2, length]");
    Errors.expect(
        SHAPE,
        () -> trace(new AvgPool2d(2, o -> o.ceilMode(true).divisorOverride(3)), "n", "2", "h", "w"),
        "AvgPool2d with divisorOverride and ceilMode expects known spatial dims");
  }
}
