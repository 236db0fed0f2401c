package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.BatchNorm3d;
import dev.sardonyx.api.nn.Bilinear;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.InstanceNorm1d;
import dev.sardonyx.api.nn.InstanceNorm2d;
import dev.sardonyx.api.nn.InstanceNorm3d;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.NormOptions;
import dev.sardonyx.api.nn.RMSNorm;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NormalizationTest extends TorchTheme {
  NormalizationTest() {
    super("normalization");
    rows();
    channels();
    batches();
    products();
    fixed("features only", "LayerNorm_vector", "RMSNorm_plain");
    fixed("features only", "Linear_vector", "Linear_vector_no_bias", "Bilinear_vectors");
    symbols("InstanceNorm1d_unbatched", "_ length");
    symbols("InstanceNorm2d_running_plain", "_ height width");
    symbols("InstanceNorm3d_unbatched", "_ depth height width");
  }

  private void layer(String name, Supplier<UnaryModule> layer) {
    add(name, () -> TorchSubject.layer(layer.get()));
  }

  private void rows() {
    layer("LayerNorm_5", () -> new LayerNorm(5));
    layer("LayerNorm_vector", () -> new LayerNorm(7));
    layer("LayerNorm_4_5", () -> new LayerNorm(List.of(4, 5), o -> o.eps(1e-3)));
    layer("LayerNorm_plain", () -> new LayerNorm(List.of(3, 19), o -> o.elementwiseAffine(false)));
    add(
        "layer_norm_bias",
        () -> TorchSubject.function((x, b) -> Functional.layerNorm(x, List.of(6), null, b)));
    add(
        "layer_norm_eps",
        () ->
            TorchSubject.functions(
                in ->
                    List.of(
                        Functional.layerNorm(
                            in.get(0), List.of(3, 6), in.get(1), in.get(2), 0.25))));
    layer("RMSNorm_5", () -> new RMSNorm(5));
    layer("RMSNorm_eps", () -> new RMSNorm(List.of(4, 5), o -> o.eps(1e-2)));
    layer("RMSNorm_plain", () -> new RMSNorm(9, o -> o.elementwiseAffine(false)));
  }

  private void channels() {
    layer("GroupNorm_2_6", () -> new GroupNorm(2, 6));
    layer("GroupNorm_matrix", () -> new GroupNorm(3, 6, o -> o.eps(1e-2)));
    layer("GroupNorm_plain", () -> new GroupNorm(1, 3, o -> o.affine(false)));
    layer("GroupNorm_channels", () -> new GroupNorm(4, 4));
    add("group_norm", () -> TorchSubject.function(x -> Functional.groupNorm(x, 2)));
    layer("InstanceNorm1d", () -> new InstanceNorm1d(3));
    layer("InstanceNorm1d_unbatched", () -> new InstanceNorm1d(3, o -> o.affine(true)));
    layer("InstanceNorm2d_affine", () -> new InstanceNorm2d(3, o -> o.eps(1e-2).affine(true)));
    layer(
        "InstanceNorm2d_running",
        () -> new InstanceNorm2d(3, o -> o.momentum(0.3).affine(true).trackRunningStats(true)));
    layer(
        "InstanceNorm2d_running_plain", () -> new InstanceNorm2d(2, o -> o.trackRunningStats(true)));
    layer("InstanceNorm3d", () -> new InstanceNorm3d(2, o -> o.affine(true)));
    layer("InstanceNorm3d_unbatched", () -> new InstanceNorm3d(2));
    add("instance_norm", () -> TorchSubject.function(Functional::instanceNorm));
  }

  private void batches() {
    layer("BatchNorm1d_matrix", () -> new BatchNorm1d(4, o -> o.eps(1e-2)));
    layer("BatchNorm1d_no_running", () -> new BatchNorm1d(4, o -> o.trackRunningStats(false)));
    layer("BatchNorm1d_cumulative", () -> new BatchNorm1d(4, NormOptions::cumulativeAverage));
    layer("BatchNorm2d_plain", () -> new BatchNorm2d(3, o -> o.affine(false)));
    layer(
        "BatchNorm2d_no_running_plain",
        () -> new BatchNorm2d(3, o -> o.affine(false).trackRunningStats(false)));
    layer("BatchNorm3d", () -> new BatchNorm3d(2, o -> o.momentum(0.2)));
    layer("BatchNorm3d_no_running", () -> new BatchNorm3d(2, o -> o.trackRunningStats(false)));
  }

  private void products() {
    layer("Linear_vector", () -> new Linear(5, 3));
    layer("Linear_vector_no_bias", () -> new Linear(5, 3, false));
    layer("Linear_rank4_no_bias", () -> new Linear(5, 3, false));
    add("Bilinear", () -> bilinear(5, true));
    add("Bilinear_no_bias", () -> bilinear(5, false));
    add("Bilinear_vectors", () -> bilinear(2, true));
  }

  private static TorchSubject bilinear(int outFeatures, boolean bias) {
    var layer = new Bilinear(3, 4, outFeatures, bias);
    return TorchSubject.layer(layer, in -> List.of(layer.forward(in.get(0), in.get(1))));
  }

  @Test
  void instanceNormKeepsTheMeanOverTheSamplesAsRunningStatistics() {
    var layer = new InstanceNorm1d(1, o -> o.momentum(0.5).trackRunningStats(true));
    layer.train();
    layer.forward(Tensor.of(new float[] {1, 3, 5, 9}, 2, 1, 2));
    // By torch: means 2 and 7, unbiased variances 2 and 8, each half of what is kept.
    assertThat(layer.runningMean().orElseThrow().floats()).containsExactly(2.25f);
    assertThat(layer.runningVar().orElseThrow().floats()).containsExactly(3f);
    assertThat(layer.stateDict().get("num_batches_tracked").longs()).containsExactly(0);
  }
}
