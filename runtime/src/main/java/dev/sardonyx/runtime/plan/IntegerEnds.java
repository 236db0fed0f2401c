package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.IntegerPanels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What is added to the sums of a product of 8-bit numbers, int32 for each column, and what they are
 * multiplied by then, float32: from the bias, zero points and scales among a call's operands.
 *
 * @param flipped what makes the left operand's numbers such without a sign
 */
record IntegerEnds(Call call, IntegerOperands operands, IntegerWeights form, int flipped) {

  /** What the columns of constant operands are the same for. */
  private record Key(IntegerWeights form, int flipped, List<DenseTensor> constants) {}

  private long columnBytes() {
    return MemoryBudget.aligned((long) IntegerPanels.columns(form.n()) * Integer.BYTES);
  }

  /** The memory of both. */
  long bytes() {
    return 2 * columnBytes();
  }

  MemorySegment addends(MemorySegment memory) {
    return memory.asSlice(0, columnBytes());
  }

  MemorySegment scales(MemorySegment memory) {
    return memory.asSlice(columnBytes(), columnBytes());
  }

  /** Both, made once for the session; nothing where an operand comes with each run. */
  Optional<Weights.Derived> constant(Weights weights, Weights.Derived packed) {
    List<DenseTensor> constants = new ArrayList<>();
    for (int index : indices()) {
      Optional<DenseTensor> constant = call.input(index).constant();
      if (constant.isEmpty()) {
        return Optional.empty();
      }
      constants.add(constant.get());
    }
    return weights.derived(
        call.input(operands.right()).constant().orElseThrow(),
        new Key(form, flipped, constants),
        bytes(),
        to -> {
          make(index -> segment(index, weights), form.sums(packed.segment()), to);
          return true;
        });
  }

  private MemorySegment segment(int index, Weights weights) {
    return weights.dense(call.input(index).constant().orElseThrow());
  }

  /** The operands that are looked at, and are there. */
  private List<Integer> indices() {
    List<Integer> indices = new ArrayList<>();
    if (call.has(operands.leftZero())) {
      indices.add(operands.leftZero());
    }
    if (operands.quantized()) {
      indices.add(IntegerOperands.LEFT_SCALE);
      indices.add(IntegerOperands.RIGHT_SCALE);
      indices.add(IntegerOperands.Y_SCALE);
      if (call.has(IntegerOperands.BIAS)) {
        indices.add(IntegerOperands.BIAS);
      }
    }
    return indices;
  }

  /** The zero point of the left operand without its sign. */
  int leftZero(IntFunction<MemorySegment> given) {
    int zero =
        call.has(operands.leftZero()) ? given.apply(operands.leftZero()).get(JAVA_BYTE, 0) : 0;
    return (zero ^ flipped) & 0xFF;
  }

  /**
   * Makes both.
   *
   * @param given the operands
   * @param sums what a left number of one adds to each column
   */
  void make(IntFunction<MemorySegment> given, MemorySegment sums, MemorySegment to) {
    int zero = leftZero(given);
    MemorySegment addends = addends(to);
    boolean biased = operands.quantized() && call.has(IntegerOperands.BIAS);
    MemorySegment bias = biased ? given.apply(IntegerOperands.BIAS) : sums;
    for (int j = 0; j < form.n(); j++) {
      long at = (long) j * Integer.BYTES;
      int own = biased ? bias.get(JAVA_INT_UNALIGNED, at) : 0;
      addends.set(JAVA_INT_UNALIGNED, at, own - zero * sums.get(JAVA_INT_UNALIGNED, at));
    }
    if (operands.quantized()) {
      makeScales(given, scales(to));
    }
  }

  /** In the order in which the operators are defined, each rounded to float32. */
  private void makeScales(IntFunction<MemorySegment> given, MemorySegment to) {
    float left = Floats.get(given.apply(IntegerOperands.LEFT_SCALE), 0);
    float divisor = Floats.get(given.apply(IntegerOperands.Y_SCALE), 0);
    MemorySegment right = given.apply(IntegerOperands.RIGHT_SCALE);
    boolean single = Sizes.product(call.sizes(IntegerOperands.RIGHT_SCALE)) == 1;
    for (int j = 0; j < form.n(); j++) {
      Floats.set(to, j, left * Floats.get(right, single ? 0 : j) / divisor);
    }
  }
}
