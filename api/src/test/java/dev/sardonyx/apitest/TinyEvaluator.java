package dev.sardonyx.apitest;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** Just enough eager arithmetic for the training mode of layers; the engine is not in here. */
public final class TinyEvaluator implements Evaluator {

  @Override
  public List<Tensor> evaluate(Op op, List<Optional<Tensor>> inputs, int most) {
    List<Optional<Inputs.Input>> known =
        inputs.stream().map(t -> t.map(x -> GraphInference.constant(x.dense()))).toList();
    var type = (TensorType) op.infer(new Inputs(op.name(), known)).getFirst();
    Tensor x = inputs.getFirst().orElseThrow();
    float[] result =
        switch (op) {
          case BinaryOp.Add _ -> binary(type, x, second(inputs), Double::sum);
          case BinaryOp.Sub _ -> binary(type, x, second(inputs), (a, b) -> a - b);
          case BinaryOp.Mul _ -> binary(type, x, second(inputs), (a, b) -> a * b);
          case BinaryOp.Div _ -> binary(type, x, second(inputs), (a, b) -> a / b);
          case UnaryOp.Sqrt _ -> binary(type, x, x, (a, _) -> Math.sqrt(a));
          case Reshape _ -> x.floats();
          case AxesOp _ -> x.floats();
          case ReductionOp.Reduce mean when mean.reduction() == Reduction.MEAN -> mean(type, x);
          default -> throw new SardonyxException(ErrorCode.UNSUPPORTED, op.name());
        };
    return List.of(Tensor.of(result, type.shape().sizes()));
  }

  private static Tensor second(List<Optional<Tensor>> inputs) {
    return inputs.get(1).orElseThrow();
  }

  private static float[] binary(TensorType type, Tensor a, Tensor b, DoubleBinaryOperator f) {
    long[] sizes = type.shape().sizes();
    float[] result = new float[(int) type.shape().elements().fixed()];
    float[] left = a.floats();
    float[] right = b.floats();
    for (int i = 0; i < result.length; i++) {
      double value = f.applyAsDouble(left[index(i, sizes, a)], right[index(i, sizes, b)]);
      result[i] = (float) value;
    }
    return result;
  }

  private static float[] mean(TensorType type, Tensor x) {
    double[] sums = new double[(int) type.shape().elements().fixed()];
    float[] values = x.floats();
    long[] sizes = x.shape().sizes();
    Tensor reduced = Tensor.zeros(type.shape().sizes());
    for (int i = 0; i < values.length; i++) {
      sums[index(i, sizes, reduced)] += values[i];
    }
    float[] result = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      result[i] = (float) (sums[i] * sums.length / values.length);
    }
    return result;
  }

  /** The index into a tensor that broadcasts to these sizes. */
  private static int index(int flat, long[] sizes, Tensor tensor) {
    int index = 0;
    int stride = 1;
    int rest = flat;
    for (int back = 1; back <= sizes.length; back++) {
      int size = (int) sizes[sizes.length - back];
      if (back <= tensor.rank()) {
        int own = (int) tensor.size(-back).fixed();
        index += (own == 1 ? 0 : rest % size) * stride;
        stride *= own;
      }
      rest /= size;
    }
    return index;
  }
}
