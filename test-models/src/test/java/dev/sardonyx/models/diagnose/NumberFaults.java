package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.SmallGraphs.floats;
import static dev.sardonyx.models.diagnose.SmallGraphs.one;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.diagnose.Suspect.Charge;
import dev.sardonyx.runtime.vote.Blame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Numbers that overflow, are born as NaN, round otherwise, or tie. */
final class NumberFaults {
  private static final Op MULTIPLY = new BinaryOp.Mul();

  private NumberFaults() {}

  static List<PlantedFault> list() {
    Graph net = SmallGraphs.classifier();
    return List.of(
        of("a square overflows in float16", rms(), large(), NumberFaults::inHalf, "mul_1"),
        of("a product is summed up in float16", net, Map.of(), NumberFaults::halfSums, "gemm_1"),
        of(
            "the root of 0 is 0 times infinity",
            roots(),
            Map.of(),
            NumberFaults::reciprocal,
            "sqrt_1"),
        of(
            "ties go away from zero",
            one(floats(6), new UnaryOp.Round()),
            halves(),
            NumberFaults::halfUp,
            "round_1"),
        of(
            "a cast wraps around where it saturates",
            quantized(),
            wide(),
            NumberFaults::wrapping,
            "quantizelinear_1"),
        of(
            "an int64 is added as a double",
            sum(),
            beyond53Bits(),
            NumberFaults::inDouble,
            "add_1"));
  }

  /** Choices between equals, which are no faults. */
  static List<PlantedFault> ties() {
    return List.of(
        of(
                "the last of equals is the largest",
                argMax(),
                equalPairs(),
                NumberFaults::lastIndex,
                "argmax_1")
            .but(Charge.TIE, Blame.NEITHER),
        of("equals come in another order", topK(), equalPairs(), NumberFaults::reversed, "topk_1")
            .but(Charge.TIE, Blame.NEITHER));
  }

  private static PlantedFault of(
      String name, Graph graph, Map<String, Data> inputs, Consumer<Surgery> fault, String node) {
    return PlantedFault.ours(name, graph, inputs, Surgery.on(node, fault), node);
  }

  private static Map<String, Data> x(float[] values, long... sizes) {
    return Map.of("x", Tensor.of(values, sizes));
  }

  /** The root mean square as T5 has it: mul_1, reducemean_1, sqrt_1, div_1. */
  private static Graph rms() {
    return SmallGraphs.of(
        floats(2, 4),
        (b, x) -> {
          Op mean = new ReductionOp.Reduce(ReductionOp.Reduction.MEAN, true);
          var last = b.graph().constant(Tensor.of(new long[] {-1}, 1).dense());
          var square = b.add(mean, b.add(MULTIPLY, x, x), last);
          return b.add(new BinaryOp.Div(), x, b.add(new UnaryOp.Sqrt(), square));
        });
  }

  private static Map<String, Data> large() {
    return x(new float[] {265, -3, 14, 200, 1, 300, -90, 35}, 2, 4);
  }

  private static void inHalf(Surgery it) {
    it.last(new Cast(DType.FLOAT32), it.add(it.op(), half(it), half(it)));
  }

  private static Value half(Surgery it) {
    return it.add(new Cast(DType.FLOAT16), it.input(0));
  }

  private static void halfSums(Surgery it) {
    var a = it.through(DType.FLOAT16, it.input(0));
    var b = it.through(DType.FLOAT16, it.input(1));
    it.last(it.op(), a, b, it.input(2));
  }

  /** Roots of what a Relu lets through, zeros among them: relu_1, sqrt_1, mul_1. */
  private static Graph roots() {
    return SmallGraphs.of(
        floats(3, 5),
        (b, x) -> {
          var root = b.add(new UnaryOp.Sqrt(), b.add(new UnaryOp.Relu(), x));
          return b.add(MULTIPLY, root, b.number(0.5f));
        });
  }

  private static void reciprocal(Surgery it) {
    var inverse = it.add(new UnaryOp.Reciprocal(), it.add(new UnaryOp.Sqrt(), it.input(0)));
    it.last(MULTIPLY, it.input(0), inverse);
  }

  private static Map<String, Data> halves() {
    return x(new float[] {0.5f, 1.5f, 2.5f, -0.5f, 4.5f, 3}, 6);
  }

  private static void halfUp(Surgery it) {
    var away = it.add(new BinaryOp.Add(), it.input(0), it.number(0.5));
    it.last(new UnaryOp.Floor(), away);
  }

  private static Graph quantized() {
    var whole = new Granularity(1, 0);
    Op op = new QuantizeLinear(whole, Optional.of(DType.UINT8), Optional.empty(), true);
    return one(floats(4), op, Tensor.scalar(0.5f));
  }

  private static Map<String, Data> wide() {
    return x(new float[] {3, 127, 140, 90.5f}, 4);
  }

  private static void wrapping(Surgery it) {
    var steps = it.add(new BinaryOp.Div(), it.input(0), it.input(1));
    var wide = it.add(new Cast(DType.INT32), it.add(new UnaryOp.Round(), steps));
    it.last(new Cast(DType.UINT8), wide);
  }

  private static Graph sum() {
    TensorType type = TensorType.of(DType.INT64, new long[] {3});
    return one(type, new BinaryOp.Add(), Tensor.of(new long[] {1, 1, 1}, 3));
  }

  private static Map<String, Data> beyond53Bits() {
    return Map.of("x", Tensor.of(new long[] {1, 1L << 53, 7}, 3));
  }

  private static void inDouble(Surgery it) {
    Op wide = new Cast(DType.FLOAT64);
    var sum = it.add(it.op(), it.add(wide, it.input(0)), it.add(wide, it.input(1)));
    it.last(new Cast(DType.INT64), sum);
  }

  private static Graph argMax() {
    return one(floats(2, 4), new ReductionOp.Arg(true, 1, false, false));
  }

  private static Graph topK() {
    TopK op = new TopK(1, true, true);
    return one(floats(2, 4), op, Tensor.of(new long[] {3}, 1));
  }

  private static Map<String, Data> equalPairs() {
    return x(new float[] {1, 5, 2, 5, 7, 0, 3, 7}, 2, 4);
  }

  private static void lastIndex(Surgery it) {
    it.last(new ReductionOp.Arg(true, 1, false, true), it.input(0));
  }

  /** TopK from the other end. */
  private static void reversed(Surgery it) {
    var step = it.numbers(-1);
    var back =
        it.add(new Slice(), it.input(0), step, it.numbers(-9), it.numbers(1), it.numbers(-1));
    var found = it.addAll(it.op(), back, it.input(1));
    it.output(0, new UnaryOp.Identity(), found.get(0));
    it.output(1, new BinaryOp.Sub(), it.numbers(3), found.get(1));
  }
}
