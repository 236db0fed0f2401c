package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.EinsumEquation;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Einsum as products of matrices: each operand is read with its axes in order and what it alone has
 * summed, then the first is multiplied with the second, their product with the third and so on.
 * Axes of size 1 are left out: they stretch by themselves.
 */
final class EinsumRoutine {
  private final Call call;
  private final EinsumArithmetic arithmetic;
  private final EinsumEquation.Labels labels;
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final List<Action> actions = new ArrayList<>();
  private long scratchBytes;

  /** A part of the work, once memory is there. */
  @FunctionalInterface
  private interface Action {
    void run(Buffers buffers);
  }

  /** Numbers in scratch memory with their axes, outermost first. */
  private record Piece(long offset, long bytes, List<Integer> axes) {
    MemorySegment in(Buffers buffers) {
      return buffers.scratch().asSlice(offset, bytes);
    }
  }

  private EinsumRoutine(Einsum op, Call call, Kernels kernels) {
    this.call = call;
    arithmetic = EinsumArithmetic.of(call.output().dtype(), kernels);
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      ranks.add(call.sizes(i).length);
    }
    labels = EinsumEquation.parse(op.equation()).labels(ranks);
    for (int i = 0; i < ranks.size(); i++) {
      for (int axis = 0; axis < ranks.get(i); axis++) {
        long size = call.sizes(i)[axis];
        sizes.merge(labels.inputs().get(i).get(axis), size, (a, b) -> a == 1 ? b : a);
      }
    }
  }

  static Routine of(Einsum op, Call call, Kernels kernels) {
    var routine = new EinsumRoutine(op, call, kernels);
    routine.plan();
    List<Action> actions = List.copyOf(routine.actions);
    return Routine.of(buffers -> () -> actions.forEach(action -> action.run(buffers)))
        .withScratch(routine.scratchBytes);
  }

  private void plan() {
    List<Integer> output = labels.output().stream().filter(label -> size(label) != 1).toList();
    int count = call.inputs().size();
    Piece all = null;
    Map<Integer, Integer> last = new HashMap<>();
    for (int i = 0; i < count; i++) {
      for (int axis : strides(i).keySet()) {
        last.put(axis, i);
      }
    }
    output.forEach(axis -> last.put(axis, count));
    for (int i = 0; i < count; i++) {
      Cancellation.poll();
      Set<Integer> needed = new HashSet<>(last.keySet());
      int at = i;
      needed.removeIf(axis -> last.getOrDefault(axis, at) <= at);
      if (all == null) {
        List<Integer> axes = new ArrayList<>(strides(i).keySet());
        axes.retainAll(needed);
        all = load(i, axes);
      } else {
        all = multiply(all, i, needed);
      }
    }
    if (all != null) {
      store(all, output);
    }
  }

  /** Where each axis of an operand goes, in elements; axes of one letter go together. */
  private Map<Integer, Long> strides(int operand) {
    long[] natural = LoopNest.strides(call.sizes(operand));
    Map<Integer, Long> result = new LinkedHashMap<>();
    for (int axis = 0; axis < natural.length; axis++) {
      if (call.sizes(operand)[axis] != 1) {
        result.merge(labels.inputs().get(operand).get(axis), natural[axis], Long::sum);
      }
    }
    return result;
  }

  private long size(int axis) {
    return sizes.getOrDefault(axis, 1L);
  }

  private long elements(List<Integer> axes) {
    long result = 1;
    for (int axis : axes) {
      result = Sizes.multiply(result, size(axis));
    }
    return result;
  }

  private Piece reserve(List<Integer> axes) {
    return reserve(Sizes.multiply(elements(axes), arithmetic.bytes()), axes);
  }

  private Piece reserve(long bytes, List<Integer> axes) {
    var piece = new Piece(scratchBytes, bytes, List.copyOf(axes));
    scratchBytes = Sizes.add(scratchBytes, MemoryBudget.aligned(bytes));
    return piece;
  }

  /** A nest that reads axes in this order. */
  private LoopNest nest(List<Integer> axes, Map<Integer, Long> strides) {
    return LoopNest.of(
        axes.stream().mapToLong(this::size).toArray(),
        axes.stream().mapToLong(strides::get).toArray());
  }

  /** An operand with these axes in order; others, which it alone has, are summed. */
  private Piece load(int operand, List<Integer> axes) {
    Map<Integer, Long> strides = strides(operand);
    List<Integer> summed = new ArrayList<>(strides.keySet());
    summed.removeAll(axes);
    List<Integer> all = new ArrayList<>(axes);
    all.addAll(summed);
    LoopNest nest = nest(all, strides);
    Piece loaded = reserve(all);
    actions.add(buffers -> arithmetic.load(nest, buffers.input(operand), loaded.in(buffers)));
    if (summed.isEmpty()) {
      return loaded;
    }
    Piece result = reserve(axes);
    long rows = elements(axes);
    long columns = elements(summed);
    actions.add(
        buffers -> arithmetic.sumRows(loaded.in(buffers), result.in(buffers), rows, columns));
    return result;
  }

  /** The product with an operand: what both have and nobody needs any more is summed. */
  private Piece multiply(Piece left, int operand, Set<Integer> needed) {
    Set<Integer> right = strides(operand).keySet();
    List<Integer> batch = new ArrayList<>();
    List<Integer> contracted = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int axis : left.axes()) {
      (right.contains(axis) ? needed.contains(axis) ? batch : contracted : rows).add(axis);
    }
    List<Integer> columns = new ArrayList<>(right);
    columns.removeAll(left.axes());
    columns.retainAll(needed);
    Piece a = ordered(left, joined(batch, rows, contracted));
    Piece b = load(operand, joined(batch, contracted, columns));
    Piece c = reserve(joined(batch, rows, columns));
    int m = Sizes.narrow(elements(rows));
    int n = Sizes.narrow(elements(columns));
    int k = Sizes.narrow(elements(contracted));
    Piece scratch = reserve(arithmetic.scratchBytes(n, k), List.of());
    long count = elements(batch);
    actions.add(
        buffers -> {
          var matrices =
              new EinsumArithmetic.Matrices(
                  a.in(buffers),
                  b.in(buffers),
                  c.in(buffers),
                  scratch.in(buffers),
                  buffers.arrays(0));
          for (long i = 0; i < count; i++) {
            Cancellation.poll();
            long rowsBefore = i * m;
            arithmetic.product(matrices, m, n, k, rowsBefore * k, i * k * n, rowsBefore * n);
          }
        });
    return c;
  }

  @SafeVarargs
  private static List<Integer> joined(List<Integer>... parts) {
    List<Integer> result = new ArrayList<>();
    for (List<Integer> part : parts) {
      result.addAll(part);
    }
    return result;
  }

  private Map<Integer, Long> strides(Piece piece) {
    long[] natural = LoopNest.strides(piece.axes().stream().mapToLong(this::size).toArray());
    Map<Integer, Long> result = new HashMap<>();
    for (int i = 0; i < natural.length; i++) {
      result.put(piece.axes().get(i), natural[i]);
    }
    return result;
  }

  private Piece ordered(Piece piece, List<Integer> axes) {
    if (piece.axes().equals(axes)) {
      return piece;
    }
    Piece result = reserve(axes);
    LoopNest nest = nest(axes, strides(piece));
    int bytes = arithmetic.bytes();
    actions.add(buffers -> StridedCopy.run(nest, bytes, piece.in(buffers), 0, result.in(buffers)));
    return result;
  }

  private void store(Piece piece, List<Integer> axes) {
    LoopNest nest = nest(axes, strides(piece));
    actions.add(buffers -> arithmetic.store(nest, piece.in(buffers), buffers.output()));
  }
}
