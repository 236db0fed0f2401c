package dev.sardonyx.models.golden;

import dev.sardonyx.api.nn.AdaptiveAvgPool1d;
import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AdaptiveAvgPool3d;
import dev.sardonyx.api.nn.AdaptiveMaxPool;
import dev.sardonyx.api.nn.AdaptiveMaxPool1d;
import dev.sardonyx.api.nn.AdaptiveMaxPool2d;
import dev.sardonyx.api.nn.AdaptiveMaxPool3d;
import dev.sardonyx.api.nn.AvgPool1d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.AvgPool3d;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.MaxPool;
import dev.sardonyx.api.nn.MaxPool1d;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.MaxPool3d;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

class PoolingTest extends TorchTheme {
  PoolingTest() {
    super("pooling");
    maxima();
    means();
    adaptiveMeans();
    adaptiveMaxima();
    functions();
  }

  private static TorchSubject both(MaxPool layer) {
    return TorchSubject.layer(layer, in -> list(layer.forwardWithIndices(in.getFirst())));
  }

  private static TorchSubject both(AdaptiveMaxPool layer) {
    return TorchSubject.layer(layer, in -> list(layer.forwardWithIndices(in.getFirst())));
  }

  private static List<Tensor> list(MaxPool.WithIndices pooled) {
    return List.of(pooled.output(), pooled.indices());
  }

  private void maxima() {
    add("MaxPool1d", () -> TorchSubject.layer(new MaxPool1d(2)));
    add("MaxPool1d_options", () -> TorchSubject.layer(new MaxPool1d(3, o -> o.stride(2).padding(1).dilation(2).ceilMode(true))));
    add("MaxPool1d_indices", () -> both(new MaxPool1d(3, o -> o.stride(2).padding(1))));
    add("MaxPool2d_ceil_corner", () -> TorchSubject.layer(new MaxPool2d(2, o -> o.stride(3).padding(1).ceilMode(true))));
    add("MaxPool2d_indices", () -> both(new MaxPool2d(IntTuple.of(3, 2), o -> o.stride(2, 1).padding(1).dilation(1, 2).ceilMode(true))));
    add("MaxPool2d_indices_unbatched", () -> both(new MaxPool2d(2)));
    add("MaxPool3d", () -> TorchSubject.layer(new MaxPool3d(2)));
    add("MaxPool3d_options", () -> TorchSubject.layer(new MaxPool3d(IntTuple.of(2, 3, 2), o -> o.stride(1, 2, 2).padding(1, 1, 0).dilation(2, 1, 1).ceilMode(true))));
    add("MaxPool3d_indices", () -> both(new MaxPool3d(2, o -> o.stride(1).padding(1))));
  }

  private void means() {
    add("AvgPool1d", () -> TorchSubject.layer(new AvgPool1d(2)));
    add("AvgPool1d_options", () -> TorchSubject.layer(new AvgPool1d(3, o -> o.stride(2).padding(1).ceilMode(true).countIncludePad(false))));
    add("AvgPool2d_ceil_counted", () -> TorchSubject.layer(new AvgPool2d(3, o -> o.stride(2).padding(1).ceilMode(true))));
    add("AvgPool2d_ceil_corner", () -> TorchSubject.layer(new AvgPool2d(2, o -> o.stride(3).padding(1).ceilMode(true))));
    add("AvgPool2d_divisor", () -> TorchSubject.layer(new AvgPool2d(IntTuple.of(2, 3), o -> o.stride(2).padding(1, 0).divisorOverride(5))));
    add("AvgPool2d_divisor_ceil", () -> TorchSubject.layer(new AvgPool2d(3, o -> o.stride(2).padding(1).ceilMode(true).countIncludePad(false).divisorOverride(-2))));
    add("AvgPool3d", () -> TorchSubject.layer(new AvgPool3d(2)));
    add("AvgPool3d_options", () -> TorchSubject.layer(new AvgPool3d(IntTuple.of(2, 3, 2), o -> o.stride(1, 2, 2).padding(1, 1, 0).ceilMode(true).countIncludePad(false))));
    add("AvgPool3d_divisor", () -> TorchSubject.layer(new AvgPool3d(2, o -> o.divisorOverride(3))));
  }

  private void adaptiveMeans() {
    add("AdaptiveAvgPool1d", () -> TorchSubject.layer(new AdaptiveAvgPool1d(3)));
    add("AdaptiveAvgPool1d_even", () -> TorchSubject.layer(new AdaptiveAvgPool1d(2)));
    add("AdaptiveAvgPool2d_None", () -> TorchSubject.layer(new AdaptiveAvgPool2d(IntTuple.of(IntTuple.NONE, 3))));
    add("AdaptiveAvgPool2d_larger", () -> TorchSubject.layer(new AdaptiveAvgPool2d(5, 7)));
    add("AdaptiveAvgPool3d", () -> TorchSubject.layer(new AdaptiveAvgPool3d(IntTuple.of(2, 3, 4))));
    add("AdaptiveAvgPool3d_1", () -> TorchSubject.layer(new AdaptiveAvgPool3d(1)));
  }

  private void adaptiveMaxima() {
    add("AdaptiveMaxPool1d", () -> TorchSubject.layer(new AdaptiveMaxPool1d(3)));
    add("AdaptiveMaxPool1d_indices", () -> both(new AdaptiveMaxPool1d(3)));
    add("AdaptiveMaxPool2d", () -> TorchSubject.layer(new AdaptiveMaxPool2d(3, 2)));
    add("AdaptiveMaxPool2d_1", () -> TorchSubject.layer(new AdaptiveMaxPool2d(1)));
    add("AdaptiveMaxPool2d_None", () -> TorchSubject.layer(new AdaptiveMaxPool2d(IntTuple.of(IntTuple.NONE, 7))));
    add("AdaptiveMaxPool2d_indices", () -> both(new AdaptiveMaxPool2d(3, 4)));
    add("AdaptiveMaxPool2d_even_indices", () -> both(new AdaptiveMaxPool2d(3, 2)));
    add("AdaptiveMaxPool2d_1_indices", () -> both(new AdaptiveMaxPool2d(1)));
    add("AdaptiveMaxPool3d", () -> TorchSubject.layer(new AdaptiveMaxPool3d(IntTuple.of(2, 3, 2))));
    add("AdaptiveMaxPool3d_indices", () -> both(new AdaptiveMaxPool3d(2)));
  }

  private void functions() {
    add("max_pool1d", () -> TorchSubject.function(x -> Functional.maxPool1d(x, 3)));
    add("max_pool2d", () -> TorchSubject.function(x -> Functional.maxPool2d(x, IntTuple.of(2, 3), o -> o.padding(1))));
    add("max_pool3d", () -> TorchSubject.function(x -> Functional.maxPool3d(x, 2, 1)));
    add("avg_pool1d", () -> TorchSubject.function(x -> Functional.avgPool1d(x, 3, 2)));
    add("avg_pool2d", () -> TorchSubject.function(x -> Functional.avgPool2d(x, 2, o -> o.divisorOverride(3))));
    add("avg_pool3d", () -> TorchSubject.function(x -> Functional.avgPool3d(x, 2)));
    add("adaptive_avg_pool1d", () -> TorchSubject.function(x -> Functional.adaptiveAvgPool1d(x, 4)));
    add("adaptive_avg_pool3d", () -> TorchSubject.function(x -> Functional.adaptiveAvgPool3d(x, 2)));
    add("adaptive_max_pool2d", () -> TorchSubject.function(x -> Functional.adaptiveMaxPool2d(x, 4)));
    add("max_pool2d_with_indices", () -> TorchSubject.functions(in -> list(Functional.maxPool2dWithIndices(in.getFirst(), IntTuple.of(2), o -> o.stride(1)))));
  }
}
