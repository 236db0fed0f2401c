package dev.sardonyx.runtime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.interpret.Interpreter;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever attributes and inputs an operator is given, it computes or refuses: nothing but a
 * SardonyxException comes out. By itself, and in a session where the inputs are constants or come
 * with the run, their shapes declared or not.
 */
class OperatorFuzzTest {
  private static final int ROUNDS = Integer.getInteger("sardonyx.fuzz.rounds", 40);
  private static final long MEMORY = 16 << 20;
  private static final Duration TIME = Duration.ofSeconds(2);

  private final NativeEngine engine = new NativeEngine(Kernels.scalar());
  private final Routines routines = new Routines(Kernels.scalar(), Weights.none());

  /** A line of the table: domain, name, least and most inputs, outputs, attributes. */
  private record Schema(String name, int least, int most, int outputs, String attributes) {}

  @Test
  void whateverComesOnlySardonyxExceptionsComeOut() throws IOException {
    Map<String, String> escaped = new LinkedHashMap<>();
    int known = 0;
    for (Schema schema : schemas()) {
      int read = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long seed = schema.name().hashCode() * 1000L + round;
        read += attempt(schema, seed, escaped) ? 1 : 0;
      }
      known += read > 0 ? 1 : 0;
    }
    assertThat(escaped).isEmpty();
    assertThat(known).isGreaterThan(130);
  }

  private static List<Schema> schemas() throws IOException {
    try (var stream = OperatorFuzzTest.class.getResourceAsStream("/fuzz/operators.tsv")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.split("\t", -1))
          .map(
              cells ->
                  new Schema(
                      cells[1],
                      Integer.parseInt(cells[2]),
                      Integer.parseInt(cells[3]),
                      Integer.parseInt(cells[4]),
                      cells[5]))
          .toList();
    }
  }

  /** Whether the operator is one that is there. */
  private boolean attempt(Schema schema, long seed, Map<String, String> escaped) {
    var random = new Random(seed);
    var made = new OperatorCase(random);
    Attributes attributes = made.attributes(schema.attributes());
    List<Optional<Data>> inputs = made.inputs(schema.least(), schema.most());
    int outputs = 1 + random.nextInt(schema.outputs());
    try {
      Optional<Op> op = Operators.read(schema.name(), attributes);
      if (op.isEmpty()) {
        return false;
      }
      alone(op.get(), inputs, outputs);
      inSession(op.get(), inputs, outputs, random);
    } catch (SardonyxException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(2000);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError escape) {
      StackTraceElement[] trace = escape.getStackTrace();
      String at =
          Stream.of(trace)
              .filter(frame -> frame.getClassName().startsWith("dev.sardonyx"))
              .limit(6)
              .map(frame -> "\n    " + frame)
              .collect(Collectors.joining());
      escaped.putIfAbsent(
          schema.name() + " " + escape, schema.name() + attributes + " " + inputs + at);
    }
    return true;
  }

  private void alone(Op op, List<Optional<Data>> inputs, int outputs) {
    try {
      Cancellation.within(
          Optional.of(TIME),
          () -> new Interpreter(routines, 1000, MEMORY).evaluate(op, inputs, outputs));
    } catch (SardonyxException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(2000);
    }
  }

  private void inSession(Op op, List<Optional<Data>> inputs, int outputs, Random random) {
    List<Value> given = new ArrayList<>();
    Map<String, DenseTensor> constants = new LinkedHashMap<>();
    List<Value> declared = new ArrayList<>();
    Map<String, Data> run = new HashMap<>();
    int open = random.nextInt(3);
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isEmpty()) {
        given.add(Value.absent());
        continue;
      }
      DenseTensor tensor = (DenseTensor) inputs.get(i).get();
      ValueType type = open == 0 ? tensor.type() : new TensorType(tensor.dtype(), Shape.unknown());
      Value value = new Value("x" + i, type);
      given.add(value);
      if (i > 0 && random.nextInt(2) == 0) {
        constants.put(value.name(), tensor);
      } else {
        declared.add(value);
        run.put(value.name(), tensor);
      }
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      results.add(new Value("y" + i, new UnknownType()));
    }
    var node = new Node("node", op, given, results, Origin.unknown());
    var graph = new Graph("fuzz", declared, results, List.of(node), constants, Map.of());
    var options = SessionOptions.defaults().within(MEMORY).deadline(TIME).trips(1000);
    try (Session session = engine.open(graph, options)) {
      session.runData(run);
    }
  }
}
