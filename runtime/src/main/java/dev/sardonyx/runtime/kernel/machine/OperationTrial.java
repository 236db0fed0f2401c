package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tries code through an operation that takes it, against the same operation in plain loops. */
abstract class OperationTrial implements Family {
  /** Lengths by variant: whole vectors and broken ones, several and one. */
  private static final int[] LENGTHS = {19, 1, 15, 16, 17, 32, 47, 64, 129, 300};

  /** How far results may lie from those of plain loops, per one and what they are. */
  static final float DEFAULT_TOLERANCE = 1e-5f;

  private final Kernels machine;
  private final String name;
  private final float tolerance;

  /**
   * A trial.
   *
   * @param machine runs the code of a number when it computes the problem of that number
   */
  OperationTrial(Kernels machine, String name) {
    this(machine, name, DEFAULT_TOLERANCE);
  }

  /** With a tolerance of its own. */
  OperationTrial(Kernels machine, String name, float tolerance) {
    this.machine = machine;
    this.name = name;
    this.tolerance = tolerance;
  }

  /** An operation on memory. */
  interface Work {
    void run(Kernels kernels, MemorySegment[] inputs, MemorySegment result);
  }

  /**
   * What is computed.
   *
   * @param inputs the elements of each input
   * @param result those of the result
   * @param most the largest magnitude in the inputs
   */
  record Problem(int[] inputs, int result, float most, Work work) {}

  /** A problem for a piece of code, about so long. */
  abstract Problem problem(int number, int length, int variant);

  @Override
  public String name() {
    return name;
  }

  @Override
  public int variants() {
    return LENGTHS.length;
  }

  @Override
  public boolean has(int number) {
    return true;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    Problem problem = problem(number, LENGTHS[variant], variant);
    try (Arena arena = Arena.ofConfined()) {
      var inputs = new MemorySegment[problem.inputs().length];
      var others = new MemorySegment[inputs.length]; // some are written
      for (int i = 0; i < inputs.length; i++) {
        float[] values = TrialMemory.numbers(problem.inputs()[i], 3 * number + i + 1);
        for (int j = 0; j < values.length; j++) {
          values[j] *= problem.most();
        }
        inputs[i] = memory.of(arena, values);
        others[i] = MemorySegment.ofArray(values);
      }
      long bytes = (long) problem.result() * Float.BYTES;
      MemorySegment found = memory.of(arena, bytes);
      var expected = new float[problem.result()];
      problem.work().run(machine, inputs, found);
      problem
          .work()
          .run(Kernels.scalar(machine.panelWidth()), others, MemorySegment.ofArray(expected));
      return agree(found.toArray(JAVA_FLOAT_UNALIGNED), expected);
    }
  }

  /** The array of an input as plain loops get it: cold code reads arrays far faster. */
  static float[] floats(MemorySegment onHeap) {
    return (float[]) onHeap.heapBase().orElseThrow();
  }

  private boolean agree(float[] found, float[] expected) {
    for (int i = 0; i < found.length; i++) {
      boolean near =
          Math.abs(found[i] - expected[i]) <= tolerance * (1 + Math.abs(expected[i]))
              || Float.compare(found[i], expected[i]) == 0;
      if (!near) {
        return false;
      }
    }
    return true;
  }
}
