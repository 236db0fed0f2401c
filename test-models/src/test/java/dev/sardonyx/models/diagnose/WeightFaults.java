package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.SmallGraphs.floats;
import static dev.sardonyx.models.diagnose.SmallGraphs.one;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Weights that came in broken, and memory that is read in another order. */
final class WeightFaults {
  private WeightFaults() {}

  static List<PlantedFault> list() {
    Graph net = SmallGraphs.classifier();
    return List.of(
        weight("a bit of a weight is flipped", net, "conv.weight", WeightFaults::flipped, "conv_1"),
        weight(
            "a channel of weights is a hundredth too large",
            net,
            "first",
            WeightFaults::scaled,
            "gemm_1"),
        weight("a weight is NaN", net, "second", WeightFaults::notANumber, "gemm_2"),
        of("a filter's rows are read as columns", net, WeightFaults::turnFilter, "conv_1"),
        of("channels are read as if they came last", net, WeightFaults::channelsLast, "flatten_1"),
        of(
            "each sample is read where the first one lies",
            net,
            WeightFaults::firstSample,
            "averagepool_1"),
        of(
            "a bias goes along the wrong axis",
            one(floats(2, 4, 4), new BinaryOp.Add(), SmallGraphs.weights("b", 1, 4, 1)),
            it ->
                it.last(
                    it.op(), it.input(0), it.add(new Reshape(false), it.input(1), it.numbers(4))),
            "add_1"),
        of(
            "negative indices are taken for 0",
            one(floats(5, 3), new Gather(0), Tensor.of(new long[] {1, -1, -2}, 3)),
            it ->
                it.last(
                    it.op(), it.input(0), it.add(new VariadicOp.Max(), it.input(1), it.numbers(0))),
            "gather_1"));
  }

  private static PlantedFault of(String name, Graph graph, Consumer<Surgery> fault, String node) {
    return PlantedFault.ours(name, graph, Map.of(), Surgery.on(node, fault), node);
  }

  private static PlantedFault weight(
      String name, Graph graph, String weight, UnaryOperator<DenseTensor> fault, String node) {
    return PlantedFault.ours(name, graph, Map.of(), FaultyEngine.weight(weight, fault), node);
  }

  private static DenseTensor flipped(DenseTensor weight) {
    float[] values = weight.floats();
    values[5] = Float.intBitsToFloat(Float.floatToRawIntBits(values[5]) ^ 1 << 22);
    return Tensor.of(values, weight.shape().sizes()).dense();
  }

  private static DenseTensor scaled(DenseTensor weight) {
    float[] values = weight.floats();
    for (int i = 0; i < 100; i++) {
      values[300 + i] *= 1.01f;
    }
    return Tensor.of(values, weight.shape().sizes()).dense();
  }

  private static DenseTensor notANumber(DenseTensor weight) {
    float[] values = weight.floats();
    values[40] = Float.NaN;
    return Tensor.of(values, weight.shape().sizes()).dense();
  }

  private static void turnFilter(Surgery it) {
    var turned = it.add(new Transpose(List.of(0, 1, 3, 2)), it.input(1));
    it.last(it.op(), it.input(0), turned, it.input(2));
  }

  private static void channelsLast(Surgery it) {
    it.last(it.op(), it.add(new Transpose(List.of(0, 2, 3, 1)), it.input(0)));
  }

  /** Adds the first sample to zeros in the shape of all. */
  private static void firstSample(Surgery it) {
    var first = it.add(new Slice(), it.input(0), it.numbers(0), it.numbers(1), it.numbers(0));
    var zeros = it.add(new BinaryOp.Mul(), it.input(0), it.number(0));
    it.last(it.op(), it.add(new BinaryOp.Add(), zeros, first));
  }
}
