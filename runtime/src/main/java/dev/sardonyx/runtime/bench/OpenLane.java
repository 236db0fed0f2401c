package dev.sardonyx.runtime.bench;

import com.sun.management.ThreadMXBean;
import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine in this process, bound to tensors of ours where all that it takes and gives are. */
public final class OpenLane implements Lane {
  private final Contender contender;
  private final Session session;
  private final double openMillis;
  private final Map<String, Data> inputs;
  private @Nullable Binding binding;
  private Map<String, Data> outputs;

  private OpenLane(
      Contender contender, Session session, double openMillis, Map<String, Data> inputs) {
    this.contender = contender;
    this.session = session;
    this.openMillis = openMillis;
    this.inputs = inputs;
    outputs = session.runData(inputs);
  }

  /** Opens a session, and runs it once. Errors: those of opening and running. */
  public static OpenLane open(
      Contender contender, Supplier<Session> opening, Map<String, Data> inputs) {
    long start = System.nanoTime();
    Session session = opening.get();
    double millis = (System.nanoTime() - start) / 1e6;
    try {
      return new OpenLane(contender, session, millis, inputs);
    } catch (RuntimeException error) {
      session.close();
      throw error;
    }
  }

  private Binding bind() {
    if (!areNumbers(inputs.values()) || !areNumbers(outputs.values())) {
      return () -> outputs = session.runData(inputs);
    }
    Map<String, Tensor> results = new LinkedHashMap<>();
    outputs.forEach((name, value) -> results.put(name, like((Tensor) value)));
    outputs = Map.copyOf(results);
    Map<String, Tensor> given = new LinkedHashMap<>();
    inputs.forEach((name, value) -> given.put(name, (Tensor) value));
    return session.bind(given, results);
  }

  private static boolean areNumbers(Collection<Data> values) {
    return values.stream()
        .allMatch(value -> value instanceof Tensor tensor && tensor.dtype() != DType.STRING);
  }

  private static DenseTensor like(Tensor value) {
    return DenseTensor.view(
        value.dtype(), value.shape(), DenseTensor.allocate(value.dtype(), value.shape()));
  }

  /** How long opening took. */
  public double openMillis() {
    return openMillis;
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public Readiness warmUp(Duration most) {
    return Readiness.of(this::run, most);
  }

  @Override
  public Block run(int runs) {
    Binding bound = binding == null ? bind() : binding;
    binding = bound;
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] nanos = new long[runs];
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      bound.run();
      nanos[i] = System.nanoTime() - start;
    }
    return new Block(nanos, threads.getCurrentThreadAllocatedBytes() - before);
  }

  @Override
  public Map<String, Data> outputs() {
    return outputs;
  }

  @Override
  public void close() {
    session.close();
  }
}
