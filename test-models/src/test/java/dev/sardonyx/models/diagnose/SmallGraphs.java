package dev.sardonyx.models.diagnose;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/** The graphs that faults are planted in. */
final class SmallGraphs {
  private SmallGraphs() {}

  /** Weights of a normal distribution, the same for the same name. */
  static DenseTensor weights(String name, double scale, long... sizes) {
    var random = new Random(name.hashCode());
    long elements = 1;
    for (long size : sizes) {
      elements *= size;
    }
    float[] values = new float[Math.toIntExact(elements)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Tensor.of(values, sizes).dense();
  }

  /** A graph of one float input x, made by a function of a builder and that. */
  static Graph of(TensorType input, BiFunction<Builder, Value, Value> body) {
    var builder = new Builder(new GraphBuilder("small"));
    Value result = body.apply(builder, builder.graph.input("x", input));
    return builder.graph.build(List.of(result), Map.of());
  }

  static TensorType floats(long... sizes) {
    return TensorType.of(DType.FLOAT32, sizes);
  }

  /** One operator after the input, with constants for the inputs that follow. */
  static Graph one(TensorType input, Op op, Tensor... constants) {
    return of(
        input,
        (builder, x) -> {
          Value[] inputs = new Value[constants.length + 1];
          inputs[0] = x;
          for (int i = 0; i < constants.length; i++) {
            inputs[i + 1] = builder.graph.constant(constants[i].dense());
          }
          return builder.add(op, inputs);
        });
  }

  /** Adds nodes without origins. */
  record Builder(GraphBuilder graph) {
    Value add(Op op, Value... inputs) {
      return graph.add(op, List.of(inputs), Origin.unknown()).output();
    }

    Value weight(String name, double scale, long... sizes) {
      return graph.initializer(name, weights(name, scale, sizes));
    }

    Value number(float number) {
      return graph.constant(Tensor.scalar(number).dense());
    }
  }

  /** Pads that are not the same on both sides, and which may be swapped. */
  static Window lopsided(int... pads) {
    List<Integer> all = List.of(pads[0], pads[1], pads[2], pads[3]);
    return new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), all, AutoPad.NOTSET, false);
  }

  static Window halving() {
    return Window.of(List.of(2, 2), List.of(2, 2), List.of(1, 1), List.of(1, 1));
  }

  /**
   * A classifier of two pictures: conv_1, batchnormalization_1, leakyrelu_1, averagepool_1,
   * flatten_1, gemm_1, gemm_2 (17 x 17, transposed), tanh_1, softmax_1.
   */
  static Graph classifier() {
    return of(
        TensorType.of(DType.FLOAT32, "n", "3", "8", "8"),
        (b, x) -> {
          Value filter = b.weight("conv.weight", 0.3, 4, 3, 3, 3);
          Value y = b.add(new Conv(lopsided(2, 0, 0, 2), 1), x, filter, b.weight("bias", 1, 4));
          Value mean = b.weight("mean", 0.1, 4);
          Value variance = b.graph.constant(Tensor.full(0.01f, 4).dense());
          Op norm = new NormalizationOp.BatchNormalization(1e-3f, 0.9f, false);
          y = b.add(norm, y, b.weight("scale", 1, 4), b.weight("shift", 1, 4), mean, variance);
          y = b.add(new ActivationOp.LeakyRelu(0.1f), y);
          y = b.add(new PoolOp.AveragePool(halving(), false), y);
          y = b.add(new Flatten(1), y);
          y = b.add(gemm(true), y, b.weight("first", 0.02, 17, 100), b.weight("first.bias", 1, 17));
          y = b.add(gemm(true), y, b.weight("second", 0.2, 17, 17), b.weight("second.bias", 1, 17));
          y = b.add(new UnaryOp.Tanh(), y);
          return b.add(new NormalizationOp.Softmax(-1), y);
        });
  }

  static Gemm gemm(boolean transposed) {
    return new Gemm(1, 1, false, transposed);
  }
}
