package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * What makes a value of a {@link Formula}. Instructions are in switches over constants, which need
 * no linking: much code is written before anything is compiled.
 */
sealed interface Operation {

  /** What is there beforehand. */
  enum Leaf implements Operation {
    /** Loaded by the code around the formula. */
    INPUT,
    /** A register that the code around the formula keeps. */
    HELD,
    /** A float, by its bits. */
    CONSTANT,
    /** A float among the arguments of the code. */
    ARGUMENT
  }

  /** Of one value, with a constant of the instruction. */
  enum Single implements Operation {
    ROOT,
    ROUND,
    EXPONENT,
    MANTISSA
  }

  /** Of two values. */
  enum Pair implements Operation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MIN,
    MAX,
    AND,
    OR,
    XOR,
    /** a * 2 to the power of b. */
    SCALE;

    /** Whether the operands may change places. */
    boolean commutes() {
      return switch (this) {
        case ADD, MULTIPLY, AND, OR, XOR -> true;
        case SUBTRACT, DIVIDE, MIN, MAX, SCALE -> false;
      };
    }

    void write(Assembler a, Vec to, Vec x, Source y) {
      switch (this) {
        case ADD -> a.vaddps(to, x, y);
        case SUBTRACT -> a.vsubps(to, x, y);
        case MULTIPLY -> a.vmulps(to, x, y);
        case DIVIDE -> a.vdivps(to, x, y);
        case MIN -> a.vminps(to, x, y);
        case MAX -> a.vmaxps(to, x, y);
        case AND -> a.vandps(to, x, y);
        case OR -> a.vorps(to, x, y);
        case XOR -> a.vxorps(to, x, y);
        case SCALE -> throw new AssertionError("levels have it in their ways");
      }
    }
  }

  /** Of three values, the last of which is added or what is subtracted from. */
  enum Sum implements Operation {
    /** a * b + c. */
    MULTIPLY_ADD,
    /** c - a * b. */
    MULTIPLY_FROM,
    /** a * b - c. */
    MULTIPLY_SUBTRACT;

    /** Replaces the summand. */
    void intoSummand(Assembler a, Vec summand, Vec x, Source y) {
      switch (this) {
        case MULTIPLY_ADD -> a.vfmadd231ps(summand, x, y);
        case MULTIPLY_FROM -> a.vfnmadd231ps(summand, x, y);
        case MULTIPLY_SUBTRACT -> a.vfmsub231ps(summand, x, y);
      }
    }

    /** Replaces a factor. */
    void intoFactor(Assembler a, Vec factor, Vec other, Source summand) {
      switch (this) {
        case MULTIPLY_ADD -> a.vfmadd213ps(factor, other, summand);
        case MULTIPLY_FROM -> a.vfnmadd213ps(factor, other, summand);
        case MULTIPLY_SUBTRACT -> a.vfmsub213ps(factor, other, summand);
      }
    }
  }

  /** What takes more than an instruction, or has rules of its own. */
  enum Special implements Operation {
    /** A register of its own for a value. */
    COPY,
    /** Bits of b where c has ones, else of a. */
    BITS,
    /** c where a and b compare as told, else d. */
    CHOICE
  }
}
