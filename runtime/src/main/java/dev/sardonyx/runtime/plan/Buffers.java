package dev.sardonyx.runtime.plan;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * The memory that a step works on, each segment exactly as large as its tensor.
 *
 * @param inputs in the operator's order, those of the {@link Tail} included
 * @param scratch at least what the routine asked for; contents are lost
 */
public record Buffers(
    List<Optional<MemorySegment>> inputs, List<MemorySegment> outputs, MemorySegment scratch) {
  public Buffers {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  MemorySegment input(int index) {
    return inputs.get(index).orElseThrow();
  }

  MemorySegment output() {
    return outputs.getFirst();
  }
}
