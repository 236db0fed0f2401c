package dev.sardonyx.processor.shape;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A random chain of steps, with what a trace of it says: the type after each step, and an error.
 */
final class Chain implements UnaryModule {
  private static final List<TensorType> INPUTS =
      List.of(
          TensorType.of(DType.FLOAT32, "batch", "12"),
          TensorType.of(DType.FLOAT32, "batch", "seq", "8"),
          TensorType.of(DType.FLOAT32, "batch", "3", "seq"),
          TensorType.of(DType.FLOAT32, "batch", "3", "20", "17"),
          TensorType.of(DType.FLOAT32, "4", "2", "height", "width"),
          TensorType.of(DType.INT64, "batch", "seq"));

  /** What symbols may stand for. */
  private static final List<Long> SIZES = List.of(1L, 2L, 3L, 6L, 24L, 100L, 223L);

  private static final List<Long> COMMON_SIZES = List.of(24L, 100L);

  private final String name;
  private final TensorType input;
  private final List<Step> steps = new ArrayList<>();
  private final List<TensorType> types = new ArrayList<>();
  private Optional<SardonyxException> failure = Optional.empty();

  /** A chain that ends after 2 to 12 steps, or one step after the first that fails. */
  Chain(String name, Random random) {
    this.name = name;
    input = INPUTS.get(random.nextInt(INPUTS.size()));
    types.add(input);
    int length = 2 + random.nextInt(11);
    while (steps.size() < length && failure.isEmpty()) {
      steps.add(new Steps(random, types.getLast()).next());
      types.clear();
      failure = Trace.of(this, input).failure();
    }
    if (failure.isPresent()) {
      steps.add(Step.operation("$x.tanh()", Tensor::tanh));
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    types.add(x.type());
    for (Step step : steps) {
      x = step.meaning().apply(x);
      types.add(x.type());
    }
    return x;
  }

  @Override
  public Structure structure() {
    Structure structure = Structure.of(name);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).layer().isPresent()) {
        structure = structure.add("layer" + i, steps.get(i).layer().get());
      }
    }
    return structure;
  }

  String name() {
    return name;
  }

  /** The types of x0, x1 and so on, up to the step that fails. */
  List<TensorType> types() {
    return types;
  }

  Optional<SardonyxException> failure() {
    return failure;
  }

  /** The step with a number as it is written. */
  String expression(int index) {
    return steps.get(index).expression(index);
  }

  /** The line of the source that a step stands on. */
  long line(int index) {
    String begin = "    Tensor x" + (index + 1) + " =";
    return source().lines().takeWhile(line -> !line.startsWith(begin)).count() + 1;
  }

  /** Whether no size that a symbol may stand for leads beyond the step that fails. */
  boolean isWrong() {
    return failure.isPresent() && SIZES.stream().allMatch(size -> steps(size) < types.size());
  }

  /** Whether common sizes lead to that step, too, so that the compiler must find it. */
  boolean isPlainlyWrong() {
    return isWrong() && COMMON_SIZES.stream().allMatch(size -> steps(size) == types.size() - 1);
  }

  /** How many steps can be done with inputs of some size. */
  private int steps(long size) {
    Map<String, Long> sizes = new HashMap<>();
    for (String symbol : List.of("batch", "seq", "height", "width")) {
      sizes.put(symbol, size + sizes.size() % 2);
    }
    List<TensorType> kept = List.copyOf(types);
    types.clear();
    Optional<SardonyxException> error = Trace.of(this, input.bind(sizes)).failure();
    int steps = error.isPresent() ? types.size() - 1 : this.steps.size();
    types.clear();
    types.addAll(kept);
    return steps;
  }

  /** The seed, the source and what the trace says, for the reader of a failed test. */
  @Override
  public String toString() {
    return name + ": " + types + failure.map(error -> " then " + error.getMessage()).orElse("");
  }

  String source() {
    StringBuilder fields = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).layer().isPresent()) {
        String type = steps.get(i).layer().get().getClass().getSimpleName();
        String made = steps.get(i).construction();
        fields.append("  @Layer final %s layer%d = %s;%n".formatted(type, i, made));
      }
      lines.append("    Tensor x%d = %s;%n".formatted(i + 1, expression(i)));
    }
    return """
        package golden;

        import dev.sardonyx.api.nn.*;
        import dev.sardonyx.api.tensor.Tensor;
        import dev.sardonyx.api.type.DType;
        import java.util.List;

        @Model
        final class %s implements UnaryModule {
        %s
          @Forward
          @Override
          public Tensor forward(@Input(value = {%s}, dtype = DType.%s) Tensor x0) {
        %s    return x%d;
          }
        }
        """
        .formatted(
            name,
            fields,
            String.join(", ", input.shape().dims().stream().map(dim -> "\"" + dim + "\"").toList()),
            input.dtype().name(),
            lines,
            steps.size());
  }
}
