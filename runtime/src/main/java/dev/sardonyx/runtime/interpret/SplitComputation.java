package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.SplitToSequence;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** SplitToSequence: a tensor in parts. */
final class SplitComputation {
  /** More parts are taken for a mistake. */
  private static final long MOST_PARTS = 1 << 24;

  private SplitComputation() {}

  static Computation of(SplitToSequence op) {
    return (inputs, interpreter) -> {
      ValueType type = Interpreter.types(op, inputs).getFirst();
      DenseTensor input = ((Tensor) inputs.getFirst().orElseThrow()).dense();
      int axis = input.shape().axis(op.axis());
      long size = input.shape().dim(axis).fixed();
      Optional<DenseTensor> split =
          inputs.size() > 1 ? inputs.get(1).map(data -> ((Tensor) data).dense()) : Optional.empty();
      long[] sizes = split.map(given -> sizes(given, size)).orElseGet(() -> equal(1, size));
      List<Data> parts = parts(input, axis, sizes, interpreter);
      boolean drop = split.isEmpty() && !op.keepdims();
      return List.of(
          SequenceComputations.sequence(type, drop ? squeezed(parts, axis, interpreter) : parts));
    };
  }

  private static List<Data> parts(
      DenseTensor input, int axis, long[] sizes, Interpreter interpreter) {
    if (sizes.length == 0) {
      return List.of();
    }
    Tensor split = Tensor.of(sizes, sizes.length);
    return interpreter.evaluate(
        new Split(axis, 0), List.of(Optional.of(input), Optional.of(split)), sizes.length);
  }

  private static List<Data> squeezed(List<Data> parts, int axis, Interpreter interpreter) {
    Tensor axes = Tensor.of(new long[] {axis}, 1);
    List<Data> result = new ArrayList<>();
    for (Data part : parts) {
      result.addAll(
          interpreter.evaluate(
              new AxesOp.Squeeze(), List.of(Optional.of(part), Optional.of(axes)), 1));
    }
    return result;
  }

  private static long[] sizes(DenseTensor split, long size) {
    if (split.rank() == 0) {
      return equal(split.longAt(0), size);
    }
    long[] sizes = LongStream.range(0, split.elements()).map(split::longAt).toArray();
    long sum = 0;
    for (long part : sizes) {
      if (part < 0 || part > size) {
        throw refused("sizes must be within 0 and " + size + ", found " + part);
      }
      sum += part; // at most the number of parts times size
      if (sum > size) {
        break;
      }
    }
    if (sum != size) {
      throw refused("the sizes must add up to the " + size + " of the axis");
    }
    return sizes;
  }

  private static long[] equal(long part, long size) {
    if (part <= 0) {
      throw refused("the size of parts must be above 0, found " + part);
    }
    long count = Math.ceilDiv(size, part);
    if (count > MOST_PARTS) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "SplitToSequence: " + count + " parts are more than " + MOST_PARTS);
    }
    long[] sizes = new long[(int) count];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.min(part, size - i * part);
    }
    return sizes;
  }

  private static SardonyxException refused(String law) {
    return new SardonyxException(ErrorCode.SHAPE, "SplitToSequence: " + law);
  }
}
