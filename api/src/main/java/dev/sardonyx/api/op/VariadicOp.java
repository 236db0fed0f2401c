package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Functions of any number of elements, at least one: all operands broadcast. */
public sealed interface VariadicOp extends ElementwiseOp {

  /** The largest; NaN where one is NaN. Also of integers. */
  record Max() implements VariadicOp {
    @Override
    public String name() {
      return "Max";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public Set<DType> allowed() {
      return Inputs.NUMBERS;
    }
  }

  /** The mean. */
  record Mean() implements VariadicOp {
    @Override
    public String name() {
      return "Mean";
    }
  }

  /** The smallest; NaN where one is NaN. Also of integers. */
  record Min() implements VariadicOp {
    @Override
    public String name() {
      return "Min";
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public Set<DType> allowed() {
      return Inputs.NUMBERS;
    }
  }

  /** The sum. */
  record Sum() implements VariadicOp {
    @Override
    public String name() {
      return "Sum";
    }
  }

  /** The element types that it takes. */
  default Set<DType> allowed() {
    return Inputs.FLOATS;
  }

  @Override
  default int sinceOpset() {
    return 8;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    in.requireCount(1, Integer.MAX_VALUE);
    int[] all = IntStream.range(0, in.count()).toArray();
    DType dtype = in.requireDType(0, "data_0", allowed());
    in.sameDType(all);
    Shape shape = in.broadcast(all);
    return List.of(new TensorType(dtype, shape));
  }
}
