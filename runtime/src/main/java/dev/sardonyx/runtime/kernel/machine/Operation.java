package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** What makes a value of a {@link Formula}. */
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
    ROOT((a, to, from, _) -> a.vsqrtps(to, from)),
    ROUND(Assembler::vrndscaleps),
    EXPONENT((a, to, from, _) -> a.vgetexpps(to, from)),
    MANTISSA(Assembler::vgetmantps);

    final Instruction instruction;

    Single(Instruction instruction) {
      this.instruction = instruction;
    }

    /** Writes it. */
    @FunctionalInterface
    interface Instruction {
      void write(Assembler a, Vec to, Source from, int constant);
    }
  }

  /** Of two values. */
  enum Pair implements Operation {
    ADD(true, Assembler::vaddps),
    SUBTRACT(false, Assembler::vsubps),
    MULTIPLY(true, Assembler::vmulps),
    DIVIDE(false, Assembler::vdivps),
    MIN(false, Assembler::vminps),
    MAX(false, Assembler::vmaxps),
    AND(true, Assembler::vandps),
    OR(true, Assembler::vorps),
    XOR(true, Assembler::vxorps),
    /** a * 2 to the power of b. */
    SCALE(false, Assembler::vscalefps);

    /** Whether the operands may change places. */
    final boolean commutes;

    final Instruction instruction;

    Pair(boolean commutes, Instruction instruction) {
      this.commutes = commutes;
      this.instruction = instruction;
    }
  }

  /** Of three values, the last of which is added or what is subtracted from. */
  enum Sum implements Operation {
    /** a * b + c. */
    MULTIPLY_ADD(Assembler::vfmadd231ps, Assembler::vfmadd213ps),
    /** c - a * b. */
    MULTIPLY_FROM(Assembler::vfnmadd231ps, Assembler::vfnmadd213ps),
    /** a * b - c. */
    MULTIPLY_SUBTRACT(Assembler::vfmsub231ps, Assembler::vfmsub213ps);

    /** Replaces the summand: of the summand, a factor, a factor. */
    final Instruction intoSummand;

    /** Replaces a factor: of the factor, the other one, the summand. */
    final Instruction intoFactor;

    Sum(Instruction intoSummand, Instruction intoFactor) {
      this.intoSummand = intoSummand;
      this.intoFactor = intoFactor;
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

  /** Writes an instruction, of which the last operand may lie in memory. */
  @FunctionalInterface
  interface Instruction {
    void write(Assembler a, Vec to, Vec x, Source y);
  }
}
