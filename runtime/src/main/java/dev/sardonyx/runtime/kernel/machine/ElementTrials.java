package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;

/** Tries what is done of each element. */
final class ElementTrials {
  /** Where functions have left what they begin with. */
  private static final float FAR = 9;

  private ElementTrials() {}

  /** Functions of one element. */
  static final class Unary extends OperationTrial {
    Unary(Kernels machine) {
      super(machine, "functions of one element");
    }

    @Override
    public int size() {
      return UnaryNumbers.COUNT;
    }

    @Override
    public String name(int number) {
      return UnaryNumbers.of(number).toString();
    }

    @Override
    Problem problem(int number, int length, int variant) {
      UnaryFunction function = UnaryNumbers.of(number);
      return new Problem(
          new int[] {length},
          length,
          variant % 2 == 0 ? 2 : FAR,
          (kernels, in, y) -> kernels.unary(function, in[0], 0, y, 0, length));
    }
  }

  /** Functions of two elements, of which one may be the same for all. */
  static final class Binary extends OperationTrial {
    Binary(Kernels machine) {
      super(machine, "functions of two elements");
    }

    @Override
    public int size() {
      return BinaryFunction.values().length * MachineElements.STEPS;
    }

    @Override
    public boolean has(int number) {
      return ElementFormulas.has(function(number)) && number % MachineElements.STEPS < 3;
    }

    private static BinaryFunction function(int number) {
      return BinaryFunction.values()[number / MachineElements.STEPS];
    }

    @Override
    public String name(int number) {
      return "%s, steps %d".formatted(function(number), number % MachineElements.STEPS);
    }

    @Override
    Problem problem(int number, int length, int variant) {
      BinaryFunction function = function(number);
      int aStep = 1 - number % 2;
      int bStep = 1 - number / 2 % 2;
      return new Problem(
          new int[] {aStep == 0 ? 1 : length, bStep == 0 ? 1 : length},
          length,
          variant % 2 == 0 ? 2 : FAR,
          (kernels, in, y) ->
              kernels.binary(function, in[0], 0, aStep, in[1], 0, bStep, y, 0, length));
    }
  }

  /** Scales with shifts, of channels that lie together and of planes. */
  static final class ScaleShift extends OperationTrial {
    ScaleShift(Kernels machine) {
      super(machine, "scales with shifts");
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public String name(int number) {
      return number == 0 ? "scales with shifts" : "scales with shifts of planes";
    }

    @Override
    Problem problem(int number, int length, int variant) {
      int channels = number == 0 ? length : 3;
      int inner = number == 0 ? 1 : length + 1;
      int n = 2 * channels * inner;
      return new Problem(
          new int[] {n, channels, channels},
          n,
          2,
          (kernels, in, y) -> kernels.scaleShift(in[0], in[1], in[2], y, 2, channels, inner));
    }
  }
}
