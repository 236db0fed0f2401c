package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where every value of a graph lives while it runs. */
final class Layout {

  /** A constant, or a part of the workspace. */
  sealed interface Place {
    record Constant(DenseTensor tensor) implements Place {}

    record Slice(long offset, long bytes) implements Place {}
  }

  /** A buffer that values share: one value, its aliases, and what is computed in place. */
  private static final class Storage {
    final long bytes;
    final int first;
    int last;
    Optional<Storage> joined = Optional.empty();
    long offset;

    Storage(long bytes, int first) {
      this.bytes = bytes;
      this.first = first;
      this.last = first;
    }

    Storage root() {
      Storage root = this;
      while (root.joined.isPresent()) {
        root = root.joined.get();
      }
      return root;
    }
  }

  private final Map<String, Storage> storages = new HashMap<>();
  private final Map<String, DenseTensor> constants = new HashMap<>();
  private final List<Storage> all = new ArrayList<>();
  private final List<Storage> scratch = new ArrayList<>();
  private long bytes;

  private Layout() {}

  /**
   * Plans the memory of stages. Stage i is at time i + 1; inputs are there at time 0 and outputs
   * stay to the end. Alias stages take no memory and have no step. So many threads take part.
   */
  static Layout of(Graph graph, List<Stage> stages, List<Optional<Routine>> routines, int members) {
    var layout = new Layout();
    layout.constants.putAll(graph.initializers());
    for (Value input : graph.inputs()) {
      layout.define(input, 0);
    }
    for (int i = 0; i < stages.size(); i++) {
      layout.live(stages.get(i), routines.get(i), i + 1, members);
    }
    for (Value output : graph.outputs()) {
      layout.use(output, stages.size() + 1);
    }
    for (int i = 0; i < stages.size(); i++) {
      if (routines.get(i).isPresent()) {
        layout.shareInPlace(stages.get(i), routines.get(i).get(), i + 1);
      }
    }
    layout.place();
    return layout;
  }

  private void live(Stage stage, Optional<Routine> routine, int time, int members) {
    stage.inputs().forEach(input -> use(input, time));
    if (routine.isEmpty()) {
      alias(stage);
    } else {
      stage.outputs().forEach(output -> define(output, time));
    }
    scratch.add(new Storage(routine.map(r -> r.bytes(members)).orElse(0L), time));
  }

  private void alias(Stage stage) {
    Value input = stage.inputs().getFirst();
    Value output = stage.outputs().getFirst();
    DenseTensor constant = constants.get(input.name());
    if (constant == null) {
      storages.put(output.name(), storages.get(input.name()));
    } else {
      TensorType type = output.tensorType();
      constants.put(
          output.name(), DenseTensor.view(type.dtype(), type.shape(), constant.segment()));
    }
  }

  private void define(Value value, int time) {
    if (value.isPresent()) {
      var storage = new Storage(bytes(value), time);
      storages.put(value.name(), storage);
      all.add(storage);
    }
  }

  private void use(Value value, int time) {
    Storage storage = storages.get(value.name());
    if (storage != null) {
      storage.last = Math.max(storage.last, time);
    }
  }

  static long bytes(Value value) {
    TensorType type = value.tensorType();
    return type.dtype().bytes(type.shape().elements().fixed());
  }

  /** Lets the output take over the buffer of an input that is read here for the last time. */
  private void shareInPlace(Stage stage, Routine routine, int time) {
    Storage output = storages.get(stage.outputs().getFirst().name());
    for (int index : routine.inPlace()) {
      Storage input = storages.get(stage.inputs().get(index).name());
      if (input == null || output == null || output.joined.isPresent()) {
        continue;
      }
      Storage root = input.root();
      long readers =
          stage.inputs().stream()
              .map(value -> storages.get(value.name()))
              .filter(storage -> storage != null && storage.root() == root)
              .count();
      if (root.last == time && root.bytes == output.bytes && readers == 1) {
        output.joined = Optional.of(root);
        root.last = output.last;
      }
    }
  }

  private void place() {
    List<Storage> roots = new ArrayList<>(all.stream().filter(s -> s.joined.isEmpty()).toList());
    roots.addAll(scratch);
    var placement =
        BufferPlanner.place(
            roots.stream().map(s -> new BufferLifetime(s.bytes, s.first, s.last)).toList());
    for (int i = 0; i < roots.size(); i++) {
      roots.get(i).offset = placement.offsets()[i];
    }
    bytes = placement.bytes();
  }

  /** The size of a workspace. */
  long bytes() {
    return bytes;
  }

  /** Where a value lives. */
  Place place(Value value) {
    DenseTensor constant = constants.get(value.name());
    if (constant != null) {
      return new Place.Constant(constant);
    }
    Storage storage =
        Objects.requireNonNull(
            storages.get(value.name()), "what is no constant has been given memory");
    return new Place.Slice(storage.root().offset, bytes(value));
  }

  /** The scratch memory of a stage. */
  Place.Slice scratch(int stage) {
    Storage storage = scratch.get(stage);
    return new Place.Slice(storage.offset, storage.bytes);
  }
}
