package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.machine.ProductCode.Slot;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes sums over panels of int4: those of a group of k are multiplied by the group's scales and
 * added to those before, which wait in memory that stays in the first cache. So whole numbers are
 * multiplied as they are, and a scale costs a thirty-second of what it would for each of them.
 */
final class GroupSums {
  /** Bytes of the totals of the tallest tile: it has two vectors in each row. */
  static final int TOTAL_BYTES = ProductShape.TALLEST * 2 * 64;

  /** A register that low tiles leave free at the only level that has a table. */
  private static final int TABLE = 27;

  /** What the bits stand for, in two's complement. */
  private static final int NUMBERS = 16;

  /** Memory for it: a line of the cache among the arguments, behind those that have a name. */
  private static final Mem TABLE_MEMORY = Frame.slot(32);

  private final Assembler a;
  private final ProductShape shape;
  private final VectorLevel vectors;
  private final boolean low;
  private final ProductPanel pairs;
  private final Label numbers = new Label();

  GroupSums(Assembler a, ProductShape shape, VectorLevel vectors) {
    this.a = a;
    this.shape = shape;
    this.vectors = vectors;
    this.low = vectors.together(shape.height()) > 1;
    this.pairs = new ProductPanel(vectors, WeightStorage.BFLOAT16, table());
  }

  /** Where the table is: tall tiles have no register to spare. */
  Source table() {
    return low && hasTable() ? vectors.register(TABLE) : TABLE_MEMORY;
  }

  private boolean hasTable() {
    return vectors.lanes() == NUMBERS;
  }

  /** Brings the table to its place. */
  void begin(Gp free) {
    a.mov(free, 0);
    for (int panel = 0; panel < shape.together(); panel++) {
      a.add(free, Slot.SCALE_PITCH.memory());
    }
    a.mov(Slot.SCALES_AHEAD.memory(), free);
    if (hasTable()) {
      Vec table = low ? vectors.register(TABLE) : vectors.spare(0);
      a.lea(free, numbers);
      a.vmovups(table, at(free));
      if (!low) {
        a.vmovups(TABLE_MEMORY, table);
      }
    }
  }

  /** Writes the table; behind the code's end. */
  void end() {
    if (hasTable()) {
      a.align(NUMBERS * Float.BYTES);
      a.bind(numbers);
      for (int i = 0; i < NUMBERS; i++) {
        int number = i < NUMBERS / 2 ? i : i - NUMBERS;
        a.data(Float.floatToRawIntBits(number));
      }
    }
  }

  /** Goes to the scales of a tile's panels, which lie apart from each other. */
  void beginTile(Gp free, Gp pitch) {
    a.mov(free, Slot.SCALES.memory());
    a.mov(pitch, Slot.SCALE_PITCH.memory());
    for (int panel = 0; panel < shape.together(); panel++) {
      a.mov(scales(panel), free);
      a.add(free, pitch);
    }
  }

  /** On to the scales of the next panels. */
  void next(Gp free) {
    a.mov(free, Slot.SCALES.memory());
    a.add(free, Slot.SCALES_AHEAD.memory());
    a.mov(Slot.SCALES.memory(), free);
  }

  /** Leaves totals in memory. */
  void keep(int height, Gp free) {
    a.mov(free, Slot.TOTALS.memory());
    for (int i = 0; i < height * vectors(); i++) {
      a.vmovups(total(free, i), vectors.register(i));
    }
  }

  /** Makes totals of the sums of a group, and goes to the next scales. */
  void add(int height, Gp free) {
    Vec left = vectors.spare(0);
    Vec right = vectors.spare(1);
    for (int panel = 0; panel < shape.together(); panel++) {
      a.mov(free, scales(panel));
      pairs.load(a, left, right, at(free), 0);
      a.add(free, pairs.rowBytes());
      a.mov(scales(panel), free);
      if (low) { // what is so short is not read ahead by itself
        a.add(free, Slot.SCALES_AHEAD.memory());
        a.prefetcht0(at(free, -pairs.rowBytes()));
      }
      a.mov(free, Slot.TOTALS.memory());
      for (int row = 0; row < height; row++) {
        int sum = row * vectors() + 2 * panel;
        a.vfmadd213ps(vectors.register(sum), left, total(free, sum));
        a.vfmadd213ps(vectors.register(sum + 1), right, total(free, sum + 1));
      }
    }
  }

  private int vectors() {
    return 2 * shape.together();
  }

  private Mem total(Gp totals, int vector) {
    return at(totals, vector * vectors.bytes());
  }

  private static Mem scales(int panel) {
    return Frame.slot(Slot.PANEL_SCALES.ordinal() + panel);
  }
}
