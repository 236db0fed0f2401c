package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a quantisation rounds, in float64: in steps, with the zero point, not yet clamped. */
interface BeforeRounding {
  /** For the element of this index. */
  double at(long element);

  /** The type in which engines compute it. */
  DType dtype();

  /**
   * That of a node; nothing for one that does not quantise, or in a form that is not known here.
   */
  static Optional<BeforeRounding> of(Node node, Function<String, Optional<DenseTensor>> values) {
    List<Optional<DenseTensor>> inputs =
        node.inputs().stream().map(input -> values.apply(input.name())).toList();
    return switch (node.op()) {
      case QuantizeLinear quantize when areThere(inputs, 2) ->
          Optional.of(new Divided(quantize.granularity(), inputs));
      case DynamicQuantizeLinear _ when areThere(inputs, 1) ->
          inputs.getFirst().map(BeforeRounding::ranged);
      case IntegerProductOp.QLinearMatMul _ when areThere(inputs, 8) ->
          QuantizedSums.product(inputs.stream().map(Optional::orElseThrow).toList());
      case IntegerProductOp.QLinearConv conv when areThere(inputs, 8) ->
          QuantizedSums.convolution(conv.window(), conv.group(), inputs);
      default -> Optional.empty();
    };
  }

  private static boolean areThere(List<Optional<DenseTensor>> inputs, int many) {
    return inputs.size() >= many && inputs.subList(0, many).stream().allMatch(Optional::isPresent);
  }

  /** By the range of x, 0 included, over 255 steps. Source: ONNX DynamicQuantizeLinear. */
  private static BeforeRounding ranged(DenseTensor x) {
    double least = 0;
    double most = 0;
    for (long i = 0; i < x.elements(); i++) {
      least = Math.min(least, x.doubleAt(i));
      most = Math.max(most, x.doubleAt(i));
    }
    double scale = most == least ? 1 : (most - least) / 255;
    double zero = Math.rint(-least / scale);
    return new BeforeRounding() {
      @Override
      public double at(long element) {
        return x.doubleAt(element) / scale + zero;
      }

      @Override
      public DType dtype() {
        return DType.FLOAT32;
      }
    };
  }

  /** x / scale + zero point. */
  record Divided(Granularity granularity, List<Optional<DenseTensor>> inputs)
      implements BeforeRounding {
    @Override
    public double at(long element) {
      DenseTensor x = inputs.get(0).orElseThrow();
      DenseTensor scale = inputs.get(1).orElseThrow();
      long at = scaleOf(element, x.shape().sizes(), scale);
      Optional<DenseTensor> zero = inputs.size() > 2 ? inputs.get(2) : Optional.empty();
      double none = 0;
      return x.doubleAt(element) / scale.doubleAt(at) + zero.map(z -> z.doubleAt(at)).orElse(none);
    }

    @Override
    public DType dtype() {
      return inputs.get(1).orElseThrow().dtype();
    }

    private long scaleOf(long element, long[] sizes, DenseTensor scale) {
      if (scale.elements() == 1) {
        return 0;
      }
      int axis = granularity.axis() < 0 ? granularity.axis() + sizes.length : granularity.axis();
      Lanes lanes = Lanes.of(sizes, axis);
      long index = element / lanes.stride() % lanes.size();
      if (granularity.blockSize() == 0) {
        return index;
      }
      long blocks = Math.ceilDiv(lanes.size(), (long) granularity.blockSize());
      var coarse = new Lanes(blocks, lanes.stride());
      return coarse.element(lanes.lane(element), index / granularity.blockSize());
    }
  }
}
