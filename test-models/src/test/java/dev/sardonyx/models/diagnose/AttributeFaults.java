package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.SmallGraphs.floats;
import static dev.sardonyx.models.diagnose.SmallGraphs.gemm;
import static dev.sardonyx.models.diagnose.SmallGraphs.halving;
import static dev.sardonyx.models.diagnose.SmallGraphs.lopsided;
import static dev.sardonyx.models.diagnose.SmallGraphs.one;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Attributes that were read otherwise than the file's opset means them. */
final class AttributeFaults {
  private AttributeFaults() {}

  static List<PlantedFault> list() {
    Graph net = SmallGraphs.classifier();
    return List.of(
        of("alpha is the default, 0.01", net, new ActivationOp.LeakyRelu(0.01f), "leakyrelu_1"),
        of("epsilon is the default, 1e-5", net, norm(1e-5f), "batchnormalization_1"),
        of("pads are read as begin and end by axis", net, conv(0, 2, 2, 0), "conv_1"),
        of(
            "padding counts in a mean",
            net,
            new PoolOp.AveragePool(halving(), true),
            "averagepool_1"),
        of("transB of a square matrix is not seen", net, gemm(false), "gemm_2"),
        of(
            "the axis of Softmax is 1, as before opset 13",
            one(floats(2, 5, 7), new NormalizationOp.Softmax(-1)),
            new NormalizationOp.Softmax(1),
            "softmax_1"),
        of(
            "positions of Resize are those of opset 10",
            resize(Resize.Coordinates.HALF_PIXEL),
            linear(Resize.Coordinates.ASYMMETRIC),
            "resize_1"),
        of(
            "Gelu is approximated by tanh",
            one(floats(3, 9), new ActivationOp.Gelu("none")),
            new ActivationOp.Gelu("tanh"),
            "gelu_1"),
        PlantedFault.ours(
            "a sum goes along the wrong axis",
            one(floats(2, 4, 4), sum(), Tensor.of(new long[] {1}, 1)),
            Map.of(),
            Surgery.on("reducesum_1", it -> it.last(sum(), it.input(0), it.numbers(2))),
            "reducesum_1"));
  }

  private static PlantedFault of(String name, Graph graph, Op misread, String node) {
    return PlantedFault.ours(name, graph, Map.of(), Surgery.operator(node, misread), node);
  }

  private static Op norm(float epsilon) {
    return new NormalizationOp.BatchNormalization(epsilon, 0.9f, false);
  }

  private static Op conv(int... pads) {
    return new Conv(lopsided(pads), 1);
  }

  private static Op sum() {
    return new ReductionOp.Reduce(ReductionOp.Reduction.SUM, false);
  }

  static Op linear(Resize.Coordinates coordinates) {
    var nearest = Resize.Nearest.ROUND_PREFER_FLOOR;
    return new Resize(Resize.Mode.LINEAR, coordinates, nearest, Resize.CUBIC, false, List.of());
  }

  private static Graph resize(Resize.Coordinates coordinates) {
    return SmallGraphs.of(
        floats(2, 3, 4, 4),
        (builder, x) -> {
          Tensor scales = Tensor.of(new float[] {1, 1, 2, 2}, 4);
          Value given = builder.graph().constant(scales.dense());
          return builder.add(linear(coordinates), x, Value.absent(), given);
        });
  }
}
