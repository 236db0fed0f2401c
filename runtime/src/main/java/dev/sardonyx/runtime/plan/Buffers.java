package dev.sardonyx.runtime.plan;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * The memory that a step works on, each segment exactly as large as its tensor; empty where an
 * operator's input or output is left out.
 *
 * @param inputs in the operator's order, those of the {@link Tail} included
 * @param scratch at least what the routine asked for; contents are lost
 */
public record Buffers(
    List<Optional<MemorySegment>> inputs,
    List<Optional<MemorySegment>> outputs,
    MemorySegment scratch) {
  public Buffers {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  MemorySegment input(int index) {
    return inputs.get(index).orElseThrow();
  }

  MemorySegment output() {
    return output(0);
  }

  MemorySegment output(int index) {
    return outputs.get(index).orElseThrow();
  }
}
