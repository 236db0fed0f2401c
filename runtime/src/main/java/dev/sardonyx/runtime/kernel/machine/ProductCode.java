package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Nibbles;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;
import org.jspecify.annotations.Nullable;

/**
 * Writes products of rows and packed panels: for each group of panels all tiles, their sums in
 * registers over all of k, which then go through the epilogue to C.
 *
 * <p>Rows are addressed through up to three bases and multiples of their pitch, so that any pitch
 * serves. Sums take the first registers, all but four at most.
 */
final class ProductCode {
  /** Lines of the caches have 64 bytes. */
  private static final int LINE_BITS = 6;

  private static final int LINE = 1 << LINE_BITS;

  /** The arguments, in their order. */
  enum Slot {
    A,
    A_PITCH,
    PANELS,
    PANEL_PITCH,
    K,
    /** Elements of k that few rows sum before they add them to those before. */
    K_BLOCK,
    C,
    C_PITCH,
    TILES,
    LOW_TILES,
    GROUPS,
    BIAS,
    RESIDUAL,
    SCALES,
    /** From the scales of a panel to the next, in int4. */
    SCALE_PITCH,
    /** Where sums wait while others are made, in int4. */
    TOTALS,
    LOW,
    HIGH,
    /** The columns of the last panel, as {@link VectorLevel#giveLanes} tells them. */
    LAST_COLUMNS,
    /** Not arguments: where a tile's rows begin, and where C's do. */
    TILE_A,
    TILE_C,
    /** The scales of the next group of k, for up to four panels. */
    PANEL_SCALES,
    PANEL_SCALES_1,
    PANEL_SCALES_2,
    PANEL_SCALES_3,
    /** From scales to those of the next panels. */
    SCALES_AHEAD,
    /** What changes no sum. */
    NEUTRAL;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp BASE = Gp.RSI;
  private static final Gp BASE_5 = Gp.RDX;
  private static final Gp BASE_10 = Gp.RCX;
  private static final Gp PITCH = Gp.RAX;
  private static final Gp PITCH_3 = Gp.R8;
  private static final Gp PANEL = Gp.R9;
  private static final Gp PANEL_PITCH = Gp.RBP;
  private static final Gp PANEL_PITCH_3 = Gp.R15;
  private static final Gp COUNT = Gp.R10;
  private static final Gp C = Gp.R12;
  private static final Gp C_PITCH = Gp.RBX;
  private static final Gp TILES = Gp.R13;
  private static final Gp GROUPS = Gp.R14;
  private static final Gp FREE = Gp.R11;

  private final Assembler a;
  private final ProductShape shape;
  private final VectorLevel vectors;
  private final ProductPanel panel;
  private final ProductEnding ending;
  private final @Nullable GroupSums groups;

  private ProductCode(ProductShape shape, VectorLevel vectors) {
    this.a = vectors.assembler();
    this.shape = shape;
    this.vectors = vectors;
    this.groups = shape.storage() == WeightStorage.INT4 ? new GroupSums(a, shape, vectors) : null;
    Source table = groups == null ? vectors.register(0) : groups.table();
    this.panel = new ProductPanel(vectors, shape.storage(), table);
    this.ending = new ProductEnding(a, shape, vectors);
  }

  /** The code of a shape. */
  static Assembler write(ProductShape shape, VectorLevel vectors) {
    return new ProductCode(shape, vectors).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(PITCH, Slot.A_PITCH.memory());
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    a.mov(C_PITCH, Slot.C_PITCH.memory());
    a.mov(PANEL_PITCH, Slot.PANEL_PITCH.memory());
    a.lea(PANEL_PITCH_3, at(PANEL_PITCH, PANEL_PITCH, 2));
    a.mov(GROUPS, Slot.GROUPS.memory());
    ending.begin();
    if (groups != null) {
      groups.begin(FREE);
    }
    var group = new Label();
    a.bind(group);
    a.mov(FREE, Slot.A.memory());
    a.mov(Slot.TILE_A.memory(), FREE);
    a.mov(FREE, Slot.C.memory());
    a.mov(Slot.TILE_C.memory(), FREE);
    tiles(shape.height(), Slot.TILES);
    if (shape.low()) {
      tiles(shape.height() - 1, Slot.LOW_TILES);
    }
    next(group);
    Frame.leave(a);
    if (groups != null) {
      groups.end();
    }
    return a;
  }

  private void next(Label group) {
    int together = shape.together();
    int bytes = together * vectors.panelWidth() * Float.BYTES;
    a.mov(FREE, Slot.PANELS.memory());
    a.lea(FREE, panelsOn(FREE, together));
    a.mov(Slot.PANELS.memory(), FREE);
    advance(Slot.C, bytes);
    ending.next(bytes);
    if (groups != null) {
      groups.next(FREE);
    }
    a.dec(GROUPS);
    a.jump(Condition.NOT_ZERO, group);
  }

  private static Mem panelsOn(Gp base, int panels) {
    return switch (panels) {
      case 0 -> at(base);
      case 1, 2, 4 -> at(base, PANEL_PITCH, panels);
      case 3 -> at(base, PANEL_PITCH_3, 1);
      default -> throw new AssertionError(panels);
    };
  }

  private void advance(Slot slot, int bytes) {
    a.mov(FREE, slot.memory());
    a.add(FREE, bytes);
    a.mov(slot.memory(), FREE);
  }

  /** All tiles of a height. */
  private void tiles(int height, Slot count) {
    var tile = new Label();
    var none = new Label();
    a.mov(TILES, count.memory());
    a.test(TILES, TILES);
    a.jump(Condition.ZERO, none);
    a.bind(tile);
    if (groups != null) {
      groups.beginTile(COUNT, C);
      ending.beginSums(height, C, GROUPS, FREE, COUNT);
    }
    a.mov(BASE, Slot.TILE_A.memory());
    a.lea(BASE_5, at(BASE, PITCH, 4));
    a.add(BASE_5, PITCH);
    a.lea(BASE_10, at(BASE_5, PITCH, 4));
    a.add(BASE_10, PITCH);
    a.mov(PANEL, Slot.PANELS.memory());
    if (!isLow()) {
      a.mov(FREE, TILES);
      a.and(FREE, 1);
      a.shl(FREE, LINE_BITS);
      a.add(FREE, PANEL);
      a.add(FREE, PANEL_PITCH);
    }
    if (groups != null) {
      sumsOfGroups(height, groups);
    } else if (vectors.keepsTotals(shape.height())) {
      sumsOfBlocks(height);
    } else {
      a.mov(COUNT, Slot.K.memory());
      sums(height);
      ending.finish(height, C, GROUPS, FREE, COUNT);
    }
    a.mov(Slot.TILE_C.memory(), C);
    a.mov(FREE, PITCH);
    a.mov(COUNT, height);
    a.imul(FREE, COUNT);
    a.add(FREE, Slot.TILE_A.memory());
    a.mov(Slot.TILE_A.memory(), FREE);
    a.dec(TILES);
    a.jump(Condition.NOT_ZERO, tile);
    a.bind(none);
  }

  /** Whether so few rows take several panels at a time. */
  private boolean isLow() {
    return vectors.together(shape.height()) > 1;
  }

  /** Sums block by block of k, so that panels are read in long runs. */
  private void sumsOfBlocks(int height) {
    var block = new Label();
    var whole = new Label();
    Gp left = C;
    ending.beginTotals(height, C, GROUPS, FREE, COUNT);
    a.mov(left, Slot.K.memory());
    a.bind(block);
    a.mov(COUNT, Slot.K_BLOCK.memory());
    a.cmp(left, COUNT);
    a.jump(Condition.NOT_LESS, whole);
    a.mov(COUNT, left);
    a.bind(whole);
    a.sub(left, COUNT);
    sums(height);
    ending.addToTotals(height, FREE);
    a.test(left, left);
    a.jump(Condition.NOT_ZERO, block);
    ending.finishTotals(height, C, GROUPS, FREE);
  }

  /** Sums group by group of k, each with scales of its own. */
  private void sumsOfGroups(int height, GroupSums groups) {
    var group = new Label();
    var whole = new Label();
    var end = new Label();
    Gp left = C;
    a.mov(left, Slot.K.memory());
    a.test(left, left);
    a.jump(Condition.ZERO, end);
    a.bind(group);
    groups.keep(height, COUNT);
    a.mov(COUNT, Nibbles.GROUP);
    a.cmp(left, COUNT);
    a.jump(Condition.NOT_LESS, whole);
    a.mov(COUNT, left);
    a.bind(whole);
    a.sub(left, COUNT);
    sums(height);
    groups.add(height, COUNT);
    a.test(left, left);
    a.jump(Condition.NOT_ZERO, group);
    a.bind(end);
    ending.finishSums(height, C, GROUPS, FREE);
  }

  /**
   * Whether few rows ask for the next group of panels ahead: short loads with their conversions
   * keep too little under way to read at the speed of memory. Floats do without.
   */
  private boolean isAhead() {
    return isLow() && shape.storage() != WeightStorage.FLOAT32;
  }

  /** Sums over as many elements of k as are counted. */
  private void sums(int height) {
    int sums = height * shape.together() * 2;
    if (isAhead()) {
      a.lea(FREE, panelsOn(PANEL, shape.together()));
    }
    for (int i = 0; i < sums; i++) {
      vectors.clear(a, sum(i));
    }
    int unrolled = height > 7 ? 2 : 4;
    var loop = new Label();
    var rest = new Label();
    var end = new Label();
    a.sub(COUNT, unrolled);
    a.jump(Condition.LESS, rest);
    a.bind(loop);
    for (int i = 0; i < unrolled; i++) {
      step(height, i);
    }
    forward(height, unrolled);
    a.sub(COUNT, unrolled);
    a.jump(Condition.NOT_LESS, loop);
    a.bind(rest);
    a.add(COUNT, unrolled);
    a.jump(Condition.ZERO, end);
    var single = new Label();
    a.bind(single);
    step(height, 0);
    forward(height, 1);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, single);
    a.bind(end);
  }

  /** Adds the products of one element of k. */
  private void step(int height, int i) {
    if (!isLow()) {
      tallStep(height, i);
    } else {
      lowStep(height, i);
    }
  }

  private void tallStep(int height, int i) {
    Vec left = vectors.spare(0);
    Vec right = vectors.spare(1);
    panel.load(a, left, right, at(PANEL), i);
    a.prefetcht1(at(FREE, i * panel.rowBytes()));
    for (int row = 0; row < height; row++) {
      Vec factor = vectors.spare(2 + (row & 1));
      a.vbroadcastss(factor, row(row).plus(i * Float.BYTES));
      a.vfmadd231ps(sum(2 * row), factor, left);
      a.vfmadd231ps(sum(2 * row + 1), factor, right);
    }
  }

  private Vec sum(int index) {
    return vectors.register(index);
  }

  private void lowStep(int height, int i) {
    for (int row = 0; row < height; row++) {
      a.vbroadcastss(vectors.factor(row), row(row).plus(i * Float.BYTES));
    }
    for (int group = 0; group < shape.together(); group++) {
      Vec left = vectors.register(vectors.pair(group));
      Vec right = vectors.register(vectors.pair(group) + 1);
      panel.load(a, left, right, panelsOn(PANEL, group), i);
      if (isAhead() && i * panel.rowBytes() % LINE == 0) {
        a.prefetcht0(panelsOn(FREE, group).plus(i * panel.rowBytes()));
      }
      for (int row = 0; row < height; row++) {
        int sum = 2 * (row * shape.together() + group);
        a.vfmadd231ps(sum(sum), vectors.factor(row), left);
        a.vfmadd231ps(sum(sum + 1), vectors.factor(row), right);
      }
    }
  }

  private void forward(int height, int elements) {
    a.add(BASE, elements * Float.BYTES);
    if (height > 5) {
      a.add(BASE_5, elements * Float.BYTES);
    }
    if (height > 10) {
      a.add(BASE_10, elements * Float.BYTES);
    }
    a.add(PANEL, elements * panel.rowBytes());
    if (!isLow() || isAhead()) {
      a.add(FREE, elements * panel.rowBytes());
    }
  }

  /** A row of the tile. */
  private static Mem row(int row) {
    return switch (row) {
      case 0 -> at(BASE);
      case 1, 2, 4 -> at(BASE, PITCH, row);
      case 3 -> at(BASE, PITCH_3, 1);
      case 5 -> at(BASE_5);
      case 6, 7, 9 -> at(BASE_5, PITCH, row - 5);
      case 8 -> at(BASE_5, PITCH_3, 1);
      case 10 -> at(BASE_10);
      case 11, 12 -> at(BASE_10, PITCH, row - 10);
      case 13 -> at(BASE_10, PITCH_3, 1);
      default -> throw new AssertionError(row);
    };
  }
}
