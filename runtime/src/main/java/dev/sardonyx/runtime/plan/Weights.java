package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The constants of a graph as kernels want them, made once and shared by all plans of a session:
 * right operands of products in panels, those of convolutions when a plan first wants them, all
 * else aligned. Thread-safe.
 */
public final class Weights implements AutoCloseable {

  /** How a constant is laid out. */
  private enum Form {
    DENSE,
    PANELS,
    TRANSPOSED_PANELS;

    static Form panels(boolean transposed) {
      return transposed ? TRANSPOSED_PANELS : PANELS;
    }
  }

  /**
   * One constant in one form; a tensor is equal to itself only.
   *
   * @param parts how many matrices its rows are cut into before they are packed
   */
  private record Key(DenseTensor tensor, Form form, int parts) {
    long bytes(Kernels kernels) {
      return switch (form) {
        case DENSE -> tensor.segment().byteSize();
        case PANELS -> panels(false).allBytes(kernels);
        case TRANSPOSED_PANELS -> panels(true).allBytes(kernels);
      };
    }

    void write(Kernels kernels, MemorySegment to) {
      switch (form) {
        case DENSE -> Memory.copy(tensor.segment(), to);
        case PANELS -> panels(false).packAll(kernels, tensor.segment(), to);
        case TRANSPOSED_PANELS -> panels(true).packAll(kernels, tensor.segment(), to);
      }
    }

    private Panels panels(boolean transposed) {
      return Panels.of(tensor.shape().sizes(), transposed).cut(parts);
    }
  }

  /** The weights of a convolution in one form. */
  private record Filter(DenseTensor tensor, Object form) {}

  private final Map<Key, MemorySegment> segments;
  private final Optional<MemoryBudget.Block> block;
  private final Optional<MemoryBudget> budget;
  private final Set<DenseTensor> filters;
  private final Map<Filter, MemoryBudget.Block> derived = new HashMap<>();

  private Weights(
      Map<Key, MemorySegment> segments,
      Optional<MemoryBudget.Block> block,
      Optional<MemoryBudget> budget,
      Set<DenseTensor> filters) {
    this.segments = segments;
    this.block = block;
    this.budget = budget;
    this.filters = filters;
  }

  /** No weights: every operand is taken as it is. */
  public static Weights none() {
    return new Weights(Map.of(), Optional.empty(), Optional.empty(), Set.of());
  }

  /** The weights of a graph. Errors: LIMIT when they exceed the budget. */
  public static Weights pack(Graph graph, Kernels kernels, MemoryBudget budget) {
    Map<Key, Long> offsets = new LinkedHashMap<>();
    Set<DenseTensor> filters = new HashSet<>();
    long total = 0;
    for (Node node : graph.nodes()) {
      filter(graph, node).ifPresent(filters::add);
      for (int i = 0; i < node.inputs().size(); i++) {
        Optional<Key> key = key(graph, node, i);
        if (key.isPresent() && !offsets.containsKey(key.get())) {
          offsets.put(key.get(), total);
          total = Sizes.add(total, MemoryBudget.aligned(key.get().bytes(kernels)));
        }
      }
    }
    MemoryBudget.Block block = budget.take("the weights of " + graph.name(), total);
    try {
      Map<Key, MemorySegment> segments = write(offsets, kernels, block.segment());
      return new Weights(segments, Optional.of(block), Optional.of(budget), filters);
    } catch (RuntimeException error) { // a tensor whose own memory has been freed, for example
      block.close();
      throw error;
    }
  }

  private static Map<Key, MemorySegment> write(
      Map<Key, Long> offsets, Kernels kernels, MemorySegment to) {
    Map<Key, MemorySegment> segments = new LinkedHashMap<>();
    offsets.forEach(
        (key, offset) -> {
          MemorySegment segment = to.asSlice(offset, key.bytes(kernels));
          key.write(kernels, segment);
          segments.put(key, segment.asReadOnly());
        });
    return segments;
  }

  /** The weights of a convolution, which only a plan knows how to pack. */
  private static Optional<DenseTensor> filter(Graph graph, Node node) {
    return node.op() instanceof ConvolutionOp
        ? Optional.ofNullable(graph.initializers().get(node.inputs().get(1).name()))
            .filter(tensor -> tensor.dtype() == DType.FLOAT32)
        : Optional.empty();
  }

  private static Optional<Key> key(Graph graph, Node node, int input) {
    DenseTensor tensor = graph.initializers().get(node.inputs().get(input).name());
    boolean moved = node.op() instanceof LayoutOp || node.op() instanceof UnaryOp.Identity;
    boolean filter = node.op() instanceof ConvolutionOp && input == 1;
    if (tensor == null || moved || filter || tensor.dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    if (node.op() instanceof RecurrentOp recurrent && (input == 1 || input == 2)) {
      return Optional.of(new Key(tensor, Form.TRANSPOSED_PANELS, recurrent.gates()));
    }
    return Optional.of(new Key(tensor, input == 1 ? rightForm(node.op()) : Form.DENSE, 1));
  }

  private static Form rightForm(Op op) {
    if (op instanceof Gemm gemm) {
      return Form.panels(gemm.transB());
    }
    return op instanceof MatMul ? Form.PANELS : Form.DENSE;
  }

  /** The panels of a right operand, where they were packed. */
  Optional<MemorySegment> panels(Operand operand, boolean transposed) {
    return operand
        .constant()
        .map(tensor -> segments.get(new Key(tensor, Form.panels(transposed), 1)));
  }

  /** The panels of a transposed right operand cut into gates, where they were packed. */
  Optional<MemorySegment> gates(Operand operand, int gates) {
    return operand
        .constant()
        .map(tensor -> segments.get(new Key(tensor, Form.TRANSPOSED_PANELS, gates)));
  }

  /** Whether an operand is the weights of a convolution that stay the same for the session. */
  boolean keeps(Operand operand) {
    return operand.constant().filter(filters::contains).isPresent();
  }

  /**
   * The weights of a convolution in a form that they are packed in now, if no plan wanted it
   * before; empty where they come with each run. Errors: LIMIT when it exceeds the budget.
   */
  synchronized Optional<MemorySegment> derived(
      Operand operand, Object form, long bytes, PackedFilter.Packing packing) {
    if (budget.isEmpty() || !keeps(operand)) {
      return Optional.empty();
    }
    DenseTensor tensor = operand.constant().orElseThrow();
    var key = new Filter(tensor, form);
    MemoryBudget.Block packed = derived.get(key);
    if (packed == null) {
      packed = budget.get().take("the weights of a convolution", bytes);
      boolean done = false;
      try {
        packing.pack(tensor.segment(), packed.segment());
        done = true;
      } finally {
        if (!done) {
          packed.close();
        }
      }
      derived.put(key, packed);
    }
    return Optional.of(packed.segment().asReadOnly());
  }

  /** A constant in row-major order. */
  MemorySegment dense(DenseTensor tensor) {
    return Objects.requireNonNullElseGet(
        segments.get(new Key(tensor, Form.DENSE, 1)), tensor::segment);
  }

  @Override
  public synchronized void close() {
    derived.values().forEach(MemoryBudget.Block::close);
    derived.clear();
    block.ifPresent(MemoryBudget.Block::close);
  }
}
