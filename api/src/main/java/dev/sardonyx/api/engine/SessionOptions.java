package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
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
 *     native engine do not depend on it in any bit
 * @param winograd whether convolutions may be computed by Winograd's transforms, which round
 *     otherwise: by some 1e-5 of the output's scale. An infinity or NaN in the input makes NaN of
 *     up to four pixels around what it reaches, in both directions
 * @param weights how the native engine stores the constant float32 weights of products,
 *     convolutions and recurrent layers; ONNX Runtime computes with the model's own and ignores it
 */
public record SessionOptions(
    Device device,
    long memoryBudget,
    long tripLimit,
    Optional<Duration> deadline,
    boolean optimised,
    int threads,
    boolean winograd,
    WeightStorage weights) {
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
   * Winograd's transforms, weights in float32, and a budget of twice the heap's size: Java takes a
   * quarter of the machine for its heap unless told otherwise, so that this is half of it.
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
        WeightStorage.FLOAT32);
  }

  /** The same on another device. */
  public SessionOptions on(Device other) {
    return new SessionOptions(
        other, memoryBudget, tripLimit, deadline, optimised, threads, winograd, weights);
  }

  /** The same within a budget of bytes. */
  public SessionOptions within(long bytes) {
    return new SessionOptions(
        device, bytes, tripLimit, deadline, optimised, threads, winograd, weights);
  }

  /** The same with loops of so many rounds together at most. */
  public SessionOptions trips(long most) {
    return new SessionOptions(
        device, memoryBudget, most, deadline, optimised, threads, winograd, weights);
  }

  /** The same node by node, so that every value inside can be had as an output. */
  public SessionOptions asWritten() {
    return new SessionOptions(
        device, memoryBudget, tripLimit, deadline, false, threads, winograd, weights);
  }

  /** The same with so much time for each run. */
  public SessionOptions deadline(Duration most) {
    return new SessionOptions(
        device, memoryBudget, tripLimit, Optional.of(most), optimised, threads, winograd, weights);
  }

  /** The same with so many threads for a run. Errors: ARGUMENT below 1. */
  public SessionOptions threads(int most) {
    return new SessionOptions(
        device, memoryBudget, tripLimit, deadline, optimised, most, winograd, weights);
  }

  /** The same with or without Winograd's transforms. */
  public SessionOptions winograd(boolean allowed) {
    return new SessionOptions(
        device, memoryBudget, tripLimit, deadline, optimised, threads, allowed, weights);
  }

  /**
   * The same with weights stored in another type: less memory to hold and to read, for some
   * accuracy. Arithmetic stays float32. ONNX Runtime ignores it.
   */
  public SessionOptions weightsAs(WeightStorage storage) {
    return new SessionOptions(
        device, memoryBudget, tripLimit, deadline, optimised, threads, winograd, storage);
  }
}
