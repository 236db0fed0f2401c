package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * What code is written with at a level: its registers, and the instructions that are others at
 * another level. In products two vectors hold a row of a panel, and the last four registers are for
 * what is not a sum: {@link #spare}.
 */
sealed interface VectorLevel permits LongVectors, ShortVectors {

  /** That of a processor's level. */
  static VectorLevel of(Processor.Level level) {
    return switch (level) {
      case AVX2 -> new ShortVectors();
      case AVX512 -> new LongVectors();
    };
  }

  /** The level. */
  Processor.Level level();

  /** An assembler that refuses what the level does not have. */
  Assembler assembler();

  /** Registers of which what is written here takes none but those that it is given. */
  int registers();

  /** A register. */
  Vec register(int number);

  /** One of the four registers that hold no sums. */
  Vec spare(int index);

  /** Rows of the tallest tile. */
  int tallest();

  /** How many panels tiles of so few rows have: sums enough to hide how long one takes. */
  int together(int height);

  /** Whether so few rows keep their sums over all blocks of k in registers. */
  boolean keepsTotals(int height);

  /** Where the elements of a row are, for all panels of a low tile. */
  Vec factor(int row);

  /** The first of two registers for a row of a low tile's panel. */
  int pair(int panel);

  /** Floats of a vector. */
  int lanes();

  /** Bytes of a vector. */
  default int bytes() {
    return lanes() * Float.BYTES;
  }

  /** Columns of a panel. */
  default int panelWidth() {
    return 2 * lanes();
  }

  /** Exchanges lanes that are so far from each other: half of a vector, a quarter, and so on. */
  void swap(Assembler a, Vec to, Vec from, int distance);

  /** The upper half of a vector. */
  void upperHalf(Assembler a, Vec to, Vec from);

  /**
   * Prepares for the first lanes of a vector, as many as a register tells: for all of them only if
   * {@link #partsAreApart} does not hold.
   *
   * @param free keeps something until these lanes are not needed any more
   */
  void beginPart(Assembler a, Gp count, Gp free);

  /** Whether whole vectors take code of their own, since stores of parts are slow. */
  boolean partsAreApart();

  /** Loads these lanes; the others become zero. */
  void loadPart(Assembler a, ConstantPool pool, Gp free, Vec to, Mem from);

  /** Loads these lanes; the others come from another register. */
  void loadPart(Assembler a, ConstantPool pool, Gp free, Vec to, Mem from, Vec other);

  /** Makes the other lanes zero. */
  void keepPart(Assembler a, ConstantPool pool, Gp free, Vec vector);

  /** Stores these lanes. */
  void storePart(Assembler a, ConstantPool pool, Gp free, Mem to, Vec from);

  /** What a formula is written with. */
  Operations operations(Assembler a, ConstantPool pool);

  /** Makes a vector zero. */
  void clear(Assembler a, Vec vector);

  /**
   * Gives an argument by which code knows the first lanes of two vectors.
   *
   * @param lanes none to those of both
   */
  void giveLanes(Arguments arguments, int lanes);

  /** The same of a single vector. */
  default void giveLanesOfOne(Arguments arguments, int lanes) {
    giveLanes(arguments, lanes == lanes() ? panelWidth() : lanes);
  }

  /** Code for a vector of which only some lanes may be there. */
  @FunctionalInterface
  interface Part {
    /**
     * Writes it.
     *
     * @param part whether memory is only to be touched by {@link #load} and {@link #store}
     */
    void write(boolean part);
  }

  /**
   * Writes code for one vector whose lanes an argument tells: once, or once for whole vectors and
   * once for parts. The first spare register is not free then.
   */
  default void withLanes(Assembler a, Mem argument, Gp free, Part code) {
    beginLanes(a, argument, 1, free);
    if (!partsAreApart()) {
      code.write(true);
      return;
    }
    var whole = new Label();
    var end = new Label();
    jumpIfWhole(a, argument, free, whole);
    useLanes(a, argument, 0, free);
    code.write(true);
    a.jmp(end);
    a.bind(whole);
    code.write(false);
    a.bind(end);
  }

  /** Prepares for masks of the lanes of one or both vectors, once; takes a free register. */
  void beginLanes(Assembler a, Mem argument, int count, Gp free);

  /** Prepares for the mask of one of them, before it is used; may take the first spare register. */
  void useLanes(Assembler a, Mem argument, int vector, Gp free);

  /** Goes to where vectors are written as a whole, if they are even where some could end. */
  void jumpIfWhole(Assembler a, Mem argument, Gp free, Label whole);

  /** Loads the lanes of one of the vectors; the others become zero. */
  void load(Assembler a, Vec to, Mem from, int vector);

  /** Stores the lanes of one of the vectors. */
  void store(Assembler a, Mem to, Vec from, int vector);

  /** Keeps the lanes for which a comparison holds; the others become zero. */
  void keepWhere(Assembler a, Vec vector, Vec bound, int predicate);

  /** Takes those lanes of another vector that are NaN. */
  void takeNaN(Assembler a, Vec vector, Vec other);

  /** Replaces the lanes for which a comparison holds by the bound. */
  void replaceWhere(Assembler a, Vec vector, Vec bound, int predicate);
}
