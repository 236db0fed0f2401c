package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;

/** How many nodes a model may have, those counted that stand for others. */
final class NodeLimit {
  static final long MOST = 1_000_000;

  /** What a node takes on the heap from the file's message to its step of a plan, as measured. */
  private static final long NODE_BYTES = 4096;

  private final long most = Math.min(MOST, Runtime.getRuntime().maxMemory() / NODE_BYTES);
  private long nodes;

  /** Counts nodes. Errors: LIMIT for more than a million or than the heap has room for. */
  void add(long more) {
    nodes += more;
    if (nodes > most) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the graph has more nodes, those of functions and derivatives counted, than "
              + most
              + (most < MOST ? ", which is what the heap has room for" : ""));
    }
  }
}
