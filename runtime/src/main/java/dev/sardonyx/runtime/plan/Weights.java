package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.kernel.PanelStoring;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
    /** Written out: the JVM links what it generates at each start. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && tensor.equals(key.tensor)
          && form == key.form
          && parts == key.parts;
    }

    @Override
    public int hashCode() {
      return 31 * tensor.hashCode() + 7 * form.hashCode() + parts;
    }

    /** Matrices in panels; those that are transposed constants are read where they come from. */
    static Key panels(DenseTensor tensor, boolean transposed, int parts) {
      Optional<DenseTensor> turned =
          parts == 1 ? TransposedConstant.matrices(tensor) : Optional.empty();
      return turned
          .map(other -> new Key(other, Form.panels(!transposed), parts))
          .orElseGet(() -> new Key(tensor, Form.panels(transposed), parts));
    }

    StoredBytes bytes(WeightStorage storage, Kernels kernels) {
      return form == Form.DENSE
          ? new StoredBytes(WeightStorage.FLOAT32, tensor.segment().byteSize(), 0)
          : panels().bytes(storage, kernels);
    }

    void write(Kernels kernels, StoredPanels to) {
      if (form == Form.DENSE) {
        Memory.copy(tensor.segment(), to.values());
      } else if (to.storage() == WeightStorage.FLOAT32) {
        panels().packAll(kernels, tensor.segment(), to.values());
      } else {
        panels().storeAll(kernels, tensor.segment(), to);
      }
    }

    private Panels panels() {
      return Panels.of(tensor.shape().sizes(), form == Form.TRANSPOSED_PANELS).cut(parts);
    }
  }

  /** The weights of a convolution in one form. */
  private record Filter(DenseTensor tensor, Object form) {}

  /** Packed weights of a convolution: their memory, filled when it is first wanted or before. */
  static final class Derived {
    private final MemoryBudget.Block block;
    private final Predicate<MemorySegment> packing;
    private boolean filled;
    private boolean usable;

    private Derived(MemoryBudget.Block block, Predicate<MemorySegment> packing) {
      this.block = block;
      this.packing = packing;
    }

    private synchronized void fill() {
      if (!filled) {
        usable = packing.test(block.segment());
        filled = true;
      }
    }

    /** Whether the weights have such a form, once {@link #segment} was asked for. */
    synchronized boolean isUsable() {
      return usable;
    }

    /** The weights, for a step that is being bound. */
    MemorySegment segment() {
      fill();
      return block.segment().asReadOnly();
    }
  }

  /** Which tensors are stored otherwise than in float32. */
  private static final class Narrowing {
    private final WeightStorage storage;
    private final Map<DenseTensor, WeightStorage> storages = new HashMap<>();

    Narrowing(WeightStorage storage) {
      this.storage = storage;
    }

    static Narrowing none() {
      return new Narrowing(WeightStorage.FLOAT32);
    }

    StoredBytes bytes(Key key, Kernels kernels) {
      return key.bytes(
          key.form() == Form.DENSE ? WeightStorage.FLOAT32 : of(key.tensor()), kernels);
    }

    synchronized WeightStorage of(DenseTensor tensor) {
      return storage == WeightStorage.FLOAT32
          ? storage
          : storages.computeIfAbsent(
              tensor,
              t ->
                  PanelStoring.holds(storage, TransposedConstant.elements(t).segment())
                      ? storage
                      : WeightStorage.FLOAT32);
    }
  }

  private final Map<Key, StoredPanels> packed;
  private final Optional<MemoryBudget.Block> block;
  private final Optional<MemoryBudget> budget;
  private final Set<DenseTensor> filters;
  private final Narrowing narrowing;
  private final Map<Filter, Derived> derived = new HashMap<>();
  private final List<Derived> asked = new ArrayList<>();

  private Weights(
      Map<Key, StoredPanels> packed,
      Optional<MemoryBudget.Block> block,
      Optional<MemoryBudget> budget,
      Set<DenseTensor> filters,
      Narrowing narrowing) {
    this.packed = packed;
    this.block = block;
    this.budget = budget;
    this.filters = filters;
    this.narrowing = narrowing;
  }

  /** No weights: every operand is taken as it is. */
  public static Weights none() {
    return new Weights(Map.of(), Optional.empty(), Optional.empty(), Set.of(), Narrowing.none());
  }

  /** The weights of a graph as they are. Errors: LIMIT when they exceed the budget. */
  public static Weights pack(Graph graph, Kernels kernels, MemoryBudget budget) {
    return pack(graph, kernels, budget, WeightStorage.FLOAT32);
  }

  /** The weights of a graph in a storage. Errors: LIMIT when they exceed the budget. */
  public static Weights pack(
      Graph graph, Kernels kernels, MemoryBudget budget, WeightStorage storage) {
    return pack(graph, kernels, budget, storage, Team.alone());
  }

  /** The same, packed by a team. */
  public static Weights pack(
      Graph graph, Kernels kernels, MemoryBudget budget, WeightStorage storage, Team team) {
    var narrowing = new Narrowing(storage);
    Map<Key, Long> offsets = new LinkedHashMap<>();
    Set<DenseTensor> filters = new HashSet<>();
    long total = 0;
    for (Node node : graph.nodes()) {
      filter(graph, node).ifPresent(filters::add);
      for (int i = 0; i < node.inputs().size(); i++) {
        DenseTensor tensor = graph.initializers().get(node.inputs().get(i).name());
        Optional<Key> key = tensor == null ? Optional.empty() : key(node.op(), i, tensor);
        if (key.isPresent() && !offsets.containsKey(key.get())) {
          offsets.put(key.get(), total);
          total = Sizes.add(total, MemoryBudget.aligned(narrowing.bytes(key.get(), kernels).all()));
        }
      }
    }
    MemoryBudget.Block block = budget.take("the weights of " + graph.name(), total);
    try {
      Map<Key, StoredPanels> packed = write(offsets, kernels, narrowing, block.segment(), team);
      return new Weights(packed, Optional.of(block), Optional.of(budget), filters, narrowing);
    } catch (RuntimeException error) { // a tensor whose own memory has been freed, for example
      block.close();
      throw error;
    }
  }

  private static Map<Key, StoredPanels> write(
      Map<Key, Long> offsets, Kernels kernels, Narrowing narrowing, MemorySegment to, Team team) {
    List<Key> keys = new ArrayList<>(offsets.keySet());
    keys.sort((a, b) -> Long.compare(b.tensor().byteSize(), a.tensor().byteSize()));
    Map<Key, StoredPanels> packed = new LinkedHashMap<>();
    for (Key key : keys) {
      StoredBytes bytes = narrowing.bytes(key, kernels);
      long offset = Objects.requireNonNull(offsets.get(key), "each key has its place");
      packed.put(key, bytes.in(to.asSlice(offset, bytes.all())));
    }
    team.run(
        keys.size(),
        (part, _) -> {
          Key key = keys.get(part);
          key.write(kernels, Objects.requireNonNull(packed.get(key), "each key has its memory"));
        });
    packed.replaceAll((key, panels) -> panels.asReadOnly());
    return packed;
  }

  /** The weights of a convolution or of 8 bits, which only a plan knows how to pack. */
  private static Optional<DenseTensor> filter(Graph graph, Node node) {
    if (node.op() instanceof IntegerProductOp op) {
      int right = IntegerOperands.of(op).right();
      return Optional.ofNullable(graph.initializers().get(node.inputs().get(right).name()))
          .filter(tensor -> IntegerOperands.isByte(tensor.dtype()));
    }
    return node.op() instanceof ConvolutionOp
        ? Optional.ofNullable(graph.initializers().get(node.inputs().get(1).name()))
            .filter(tensor -> tensor.dtype() == DType.FLOAT32)
        : Optional.empty();
  }

  private static Optional<Key> key(Op op, int input, DenseTensor tensor) {
    boolean moved = op instanceof LayoutOp || op instanceof UnaryOp.Identity;
    boolean filter = op instanceof ConvolutionOp && input == 1;
    if (moved || filter || tensor.dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    if (op instanceof RecurrentOp recurrent && (input == 1 || input == 2)) {
      return Optional.of(Key.panels(tensor, true, recurrent.gates()));
    }
    boolean right = input == 1 && (op instanceof Gemm || op instanceof MatMul);
    boolean transposed = op instanceof Gemm gemm && gemm.transB();
    return Optional.of(right ? Key.panels(tensor, transposed, 1) : new Key(tensor, Form.DENSE, 1));
  }

  /** Whether an operator reads an input in panels alone. */
  boolean arePanels(Op op, int input, DenseTensor tensor) {
    return key(op, input, tensor)
        .filter(key -> key.form() != Form.DENSE && packed.containsKey(key))
        .isPresent();
  }

  /** The size of an input that an operator reads in panels alone. */
  long panelBytes(Op op, int input, DenseTensor tensor) {
    return key(op, input, tensor).map(packed::get).map(to -> to.values().byteSize()).orElse(0L);
  }

  /** The panels of a right operand, where they were packed. */
  Optional<StoredPanels> panels(Operand operand, boolean transposed) {
    return operand.constant().map(tensor -> packed.get(Key.panels(tensor, transposed, 1)));
  }

  /** The panels of a transposed right operand cut into gates, where they were packed. */
  Optional<StoredPanels> gates(Operand operand, int gates) {
    return operand.constant().map(tensor -> packed.get(Key.panels(tensor, true, gates)));
  }

  /** Whether an operand is the weights of a convolution that stay the same for the session. */
  boolean keeps(Operand operand) {
    return operand.constant().filter(filters::contains).isPresent();
  }

  /** How an operand's weights are stored, where they are those of a product. */
  WeightStorage storage(Operand operand) {
    return keeps(operand) ? narrowing.of(operand.constant().orElseThrow()) : WeightStorage.FLOAT32;
  }

  /**
   * The weights of a convolution in a form that they are packed in once for the session; empty
   * where they come with each run. Errors: LIMIT when it exceeds the budget.
   */
  synchronized Optional<Derived> derived(
      Operand operand, Object form, long bytes, PackedFilter.Packing packing) {
    if (!keeps(operand)) {
      return Optional.empty();
    }
    DenseTensor tensor = operand.constant().orElseThrow();
    return derived(
        tensor,
        form,
        bytes,
        to -> {
          packing.pack(tensor.segment(), to);
          return true;
        });
  }

  /**
   * What is made of constants once for the session.
   *
   * @param making makes it, unless the constants cannot have such a form. Errors: LIMIT when it
   *     exceeds the budget
   */
  synchronized Optional<Derived> derived(
      DenseTensor tensor, Object form, long bytes, Predicate<MemorySegment> making) {
    if (budget.isEmpty()) {
      return Optional.empty();
    }
    var key = new Filter(tensor, form);
    Derived found = derived.get(key);
    if (found == null) {
      MemoryBudget.Block memory = budget.get().take("the weights of a product", bytes);
      found = new Derived(memory, making);
      derived.put(key, found);
      asked.add(found);
    }
    return Optional.of(found);
  }

  /**
   * The same weights, but for those of convolutions, which it packs for itself, and gives back when
   * it is closed.
   */
  Weights apart() {
    return new Weights(packed, Optional.empty(), budget, filters, narrowing);
  }

  /** Memory within the session's budget. Errors: LIMIT. */
  MemoryBudget.Block take(String purpose, long bytes) {
    return budget.orElseGet(() -> new MemoryBudget(Long.MAX_VALUE)).take(purpose, bytes);
  }

  /** The size of all packed weights of convolutions. */
  synchronized long derivedBytes() {
    return derived.values().stream().mapToLong(one -> one.block.segment().byteSize()).sum();
  }

  /** Packs what plans have asked for since the last time, the largest first. */
  public void fill(Team team) {
    List<Derived> open;
    synchronized (this) {
      open = new ArrayList<>(asked);
      asked.clear();
    }
    open.sort((a, b) -> Long.compare(b.block.segment().byteSize(), a.block.segment().byteSize()));
    team.run(open.size(), (part, _) -> open.get(part).fill());
  }

  /** A constant in row-major order. */
  MemorySegment dense(DenseTensor tensor) {
    StoredPanels dense = packed.get(new Key(tensor, Form.DENSE, 1));
    return dense == null ? tensor.segment() : dense.values();
  }

  @Override
  public synchronized void close() {
    derived.values().forEach(one -> one.block.close());
    derived.clear();
    block.ifPresent(MemoryBudget.Block::close);
  }
}
