package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.SplitPanels;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of constant weights, made once for the session where products are faster from those.
 * The weights stay as they are beside them: rows that have no parts are multiplied with them, and
 * so are fewer rows than pay.
 */
final class WeightParts {
  /** None: products are computed from the weights as they are. */
  static final WeightParts NONE = new WeightParts(0, Optional.empty());

  /** Where they cost more by far nobody measures them. */
  static final double MOST_TRIED = 1.6;

  /** Where nobody does, they must be faster by so much: what memory they take has its price. */
  private static final double MOST_COST = 0.93;

  private final int parts;
  private final Optional<Weights.Derived> derived;

  private WeightParts(int parts, Optional<Weights.Derived> derived) {
    this.parts = parts;
    this.derived = derived;
  }

  /**
   * The products of a node.
   *
   * @param count how many right operands there are, k x n each
   * @param m rows of each product
   * @param split numbers of the left operand that are split for it
   */
  record Shape(long count, long m, int k, int n, long split) {
    /** Products of rows, of which each number is split. */
    static Shape ofRows(long count, long m, int k, int n) {
      return new Shape(count, m, k, n, Sizes.multiply(m, k));
    }

    /** What they cost from parts, with the price of these; 1 is what they cost from floats. */
    double cost(Kernels kernels, int parts) {
      return kernels.costOfParts(m, n, k, split, parts) / MOST_COST;
    }
  }

  /** What parts depend on besides the weights. */
  private record Form(Object whole, int parts) {}

  /**
   * The parts of weights; none where the budget has no room for them.
   *
   * @param form how the weights are packed
   * @param whole the packed weights, in float32
   */
  static WeightParts of(
      DenseTensor tensor,
      Object form,
      Shape shape,
      int parts,
      Supplier<StoredPanels> whole,
      Kernels kernels,
      Weights weights) {
    long bytes = Sizes.multiply(shape.count(), kernels.splitBytes(shape.k(), shape.n(), parts));
    try {
      return new WeightParts(
          parts,
          weights.derived(
              tensor,
              new Form(form, parts),
              bytes,
              to -> split(shape, whole.get(), new SplitPanels(parts, to), kernels)));
    } catch (SardonyxException e) {
      if (e.code() != ErrorCode.LIMIT) {
        throw e;
      }
      return NONE;
    }
  }

  private static boolean split(Shape shape, StoredPanels whole, SplitPanels to, Kernels kernels) {
    StoredPanels all = whole.with(to);
    for (long i = 0; i < shape.count(); i++) {
      StoredPanels one = all.matrix(i, shape.k(), shape.n(), kernels);
      if (!kernels.split(one.values(), shape.k(), shape.n(), one.split())) {
        return false;
      }
    }
    return true;
  }

  /** Packed weights with these parts, for a step that is being bound. */
  StoredPanels with(StoredPanels whole) {
    if (derived.isEmpty()) {
      return whole;
    }
    MemorySegment values = derived.get().segment();
    return derived.get().isUsable() ? whole.with(new SplitPanels(parts, values)) : whole;
  }
}
