package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a session runs.
 *
 * @param device where to compute; an engine that cannot refuses, it never falls back in silence
 * @param memoryBudget bytes that the session may take for weights and buffers
 * @param tripLimit rounds that all loops of a run may take together
 * @param deadline how long a run may take; empty where it may take any time
 * @param optimised whether the graph may be changed for speed; else nodes are computed as they are
 *     written
 * @param threads how many threads a run may have, that of the caller included; results of the
 *     native engine do not depend on it in any bit, unless they are tuned
 * @param winograd whether convolutions may be computed by Winograd's transforms, which round
 *     otherwise: by some 1e-5 of the output's scale. An infinity or NaN in the input makes NaN of
 *     up to four pixels around what it reaches, in both directions
 * @param weights how the native engine stores the constant float32 weights of products,
 *     convolutions and recurrent layers; ONNX Runtime computes with the model's own and ignores it
 * @param precision how exactly the native engine multiplies; ONNX Runtime ignores it
 * @param tuning the folder of what was measured: where there are several ways to compute a node,
 *     the native engine takes the one that is the fastest on this machine, measures it where no
 *     session has done so before, and keeps that here. That is when a session is opened, or where
 *     the shapes are not known by then in the first run. Ways differ in bits, within the tolerance
 *     of each other, and so may the results of two machines or numbers of threads. Empty where a
 *     model of costs decides and nothing is read or written
 */
public record SessionOptions(
    Device device,
    long memoryBudget,
    long tripLimit,
    Optional<Duration> deadline,
    boolean optimised,
    int threads,
    boolean winograd,
    WeightStorage weights,
    Precision precision,
    Optional<Path> tuning) {
  private static final long DEFAULT_TRIP_LIMIT = 400_000;

  private static final int MOST_THREADS = 1024;

  /** Errors: ARGUMENT for what is less than nothing, and for thousands of threads. */
  public SessionOptions {
    if (memoryBudget < 0 || tripLimit < 0 || deadline.filter(Duration::isNegative).isPresent()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "a session cannot have a budget of %d bytes, %d rounds and a deadline of %s"
              .formatted(memoryBudget, tripLimit, deadline.map(Duration::toString).orElse("none")));
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "a session has 1 to " + MOST_THREADS + " threads, not " + threads);
    }
  }

  /**
   * The CPU with all its cores that this JVM may use, 400,000 rounds of loops, no deadline,
   * Winograd's transforms, weights and products in float32, nothing measured, and a budget of twice
   * the heap's size: Java takes a quarter of the machine for its heap unless told otherwise, so
   * that this is half of it.
   */
  public static SessionOptions defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    long budget = heap > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * heap;
    int cores = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return new SessionOptions(
        Device.CPU,
        budget,
        DEFAULT_TRIP_LIMIT,
        Optional.empty(),
        true,
        cores,
        true,
        WeightStorage.FLOAT32,
        Precision.FLOAT32,
        Optional.empty());
  }

  /** The same on another device. */
  public SessionOptions on(Device other) {
    return new SessionOptions(
        other,
        memoryBudget,
        tripLimit,
        deadline,
        optimised,
        threads,
        winograd,
        weights,
        precision,
        tuning);
  }

  /** The same within a budget of bytes. */
  public SessionOptions within(long bytes) {
    return new SessionOptions(
        device, bytes, tripLimit, deadline, optimised, threads, winograd, weights, precision,
        tuning);
  }

  /** The same with loops of so many rounds together at most. */
  public SessionOptions trips(long most) {
    return new SessionOptions(
        device,
        memoryBudget,
        most,
        deadline,
        optimised,
        threads,
        winograd,
        weights,
        precision,
        tuning);
  }

  /** The same node by node, so that every value inside can be had as an output. */
  public SessionOptions asWritten() {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        deadline,
        false,
        threads,
        winograd,
        weights,
        precision,
        tuning);
  }

  /** The same with so much time for each run. */
  public SessionOptions deadline(Duration most) {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        Optional.of(most),
        optimised,
        threads,
        winograd,
        weights,
        precision,
        tuning);
  }

  /** The same with so many threads for a run. Errors: ARGUMENT below 1. */
  public SessionOptions threads(int most) {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        deadline,
        optimised,
        most,
        winograd,
        weights,
        precision,
        tuning);
  }

  /** The same with or without Winograd's transforms. */
  public SessionOptions winograd(boolean allowed) {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        deadline,
        optimised,
        threads,
        allowed,
        weights,
        precision,
        tuning);
  }

  /**
   * The same with weights stored in another type: less memory to hold and to read, for some
   * accuracy. Arithmetic stays float32. ONNX Runtime ignores it.
   */
  public SessionOptions weightsAs(WeightStorage storage) {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        deadline,
        optimised,
        threads,
        winograd,
        storage,
        precision,
        tuning);
  }

  /**
   * The same with products in another precision: faster where the processor has tiles, for some
   * accuracy; float32 elsewhere. ONNX Runtime ignores it.
   */
  public SessionOptions precision(Precision wanted) {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        deadline,
        optimised,
        threads,
        winograd,
        weights,
        wanted,
        tuning);
  }

  /**
   * The same with what is the fastest measured at open, some seconds at most, and kept in the
   * user's folder of caches: {@code sardonyx} in XDG_CACHE_HOME or ~/.cache, or where the property
   * {@code sardonyx.cache} says.
   */
  public SessionOptions tuned() {
    return tunedIn(CacheFolder.standard());
  }

  /** The same, kept in another folder, which is made where it is not there. */
  public SessionOptions tunedIn(Path folder) {
    return new SessionOptions(
        device,
        memoryBudget,
        tripLimit,
        deadline,
        optimised,
        threads,
        winograd,
        weights,
        precision,
        Optional.of(folder));
  }
}
