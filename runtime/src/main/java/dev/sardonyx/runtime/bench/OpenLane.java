package dev.sardonyx.runtime.bench;

import com.sun.management.ThreadMXBean;
import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.tensor.Data;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** An engine in this process. */
public final class OpenLane implements Lane {
  private final Contender contender;
  private final Session session;
  private final double openMillis;
  private final Binding binding;
  private Map<String, Data> outputs;

  private OpenLane(
      Contender contender, Session session, double openMillis, Map<String, Data> inputs) {
    this.contender = contender;
    this.session = session;
    this.openMillis = openMillis;
    outputs = session.runData(inputs);
    binding = () -> outputs = session.runData(inputs);
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
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] nanos = new long[runs];
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      binding.run();
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
