package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins additions of what is dequantised before and quantised after: nothing of it becomes floats
 * in memory. A stage of such parts has the inputs of both that dequantise, then scale and zero
 * point of the result.
 */
final class QuantizedAdditions {
  private final List<Stage> stages;
  private final Map<String, Stage> producers = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();

  private QuantizedAdditions(Graph graph, List<Stage> stages) {
    this.stages = stages;
    graph.outputs().forEach(output -> outputs.add(output.name()));
    for (Stage stage : stages) {
      stage.outputs().forEach(output -> producers.put(output.name(), stage));
      stage.inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum));
    }
  }

  /** The stages with each sum where its last stage stood. */
  static List<Stage> join(Graph graph, List<Stage> stages) {
    return new QuantizedAdditions(graph, stages).join();
  }

  private List<Stage> join() {
    List<Stage> result = new ArrayList<>();
    for (Stage stage : stages) {
      Optional<Stage> sum = sum(stage);
      sum.ifPresent(joined -> joined.parts().forEach(this::release));
      result.add(sum.orElse(stage));
    }
    result.removeIf(stage -> stage.parts().isEmpty() && isUnused(stage));
    return result;
  }

  /** Takes a part's uses of what other parts make. */
  private void release(Stage part) {
    if (!(part.op() instanceof DequantizeLinear)) {
      part.inputs().forEach(input -> uses.merge(input.name(), -1, Integer::sum));
    }
  }

  /** Whether a stage was made for a sum alone. */
  private boolean isUnused(Stage stage) {
    boolean part = stage.op() instanceof DequantizeLinear || stage.op() instanceof BinaryOp.Add;
    String output = stage.outputs().getFirst().name();
    return part && uses.containsKey(output) && uses.get(output) == 0 && !outputs.contains(output);
  }

  private Optional<Stage> sum(Stage last) {
    if (!(last.op() instanceof QuantizeLinear) || !isEven(last, last.outputs().getFirst())) {
      return Optional.empty();
    }
    Value between = last.inputs().getFirst();
    Stage add = producers.get(between.name());
    boolean inner = uses.getOrDefault(between.name(), 0) == 1 && !outputs.contains(between.name());
    if (!inner || add == null || !(add.op() instanceof BinaryOp.Add)) {
      return Optional.empty();
    }
    Stage a = producers.get(add.inputs().getFirst().name());
    Stage b = producers.get(add.inputs().getLast().name());
    if (a == null || b == null || !isPart(a, between) || !isPart(b, between)) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(a.inputs());
    inputs.addAll(b.inputs());
    inputs.addAll(last.inputs().subList(1, last.inputs().size()));
    return Optional.of(
        new Stage(
            last.node(),
            inputs,
            last.outputs(),
            Tail.none(),
            last.order(),
            List.of(a, b, add, last)));
  }

  /** Whether a stage dequantises, with one scale, as many numbers as there are. */
  private static boolean isPart(Stage stage, Value sum) {
    return stage.op() instanceof DequantizeLinear
        && stage.outputs().getFirst().type().equals(sum.type())
        && isEven(stage, stage.inputs().getFirst());
  }

  private static boolean isEven(Stage stage, Value numbers) {
    Node node = stage.node();
    boolean single =
        switch (node.op()) {
          case QuantizeLinear op ->
              op.granularity().isSingle(scale(stage).shape())
                  && op.divisionDtype().orElse(DType.FLOAT32) == DType.FLOAT32;
          case DequantizeLinear op -> op.granularity().isSingle(scale(stage).shape());
          default -> false; // nothing else quantises
        };
    return single
        && IntegerOperands.isByte(numbers.tensorType().dtype())
        && scale(stage).dtype() == DType.FLOAT32;
  }

  private static TensorType scale(Stage stage) {
    return stage.inputs().get(1).tensorType();
  }
}
