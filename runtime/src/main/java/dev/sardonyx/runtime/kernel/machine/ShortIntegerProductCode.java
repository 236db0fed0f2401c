package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.xmm;
import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Products of 8-bit numbers in vectors of 256 bits, two for half a row of a panel: by AVX-VNNI, or
 * by products of 16 bits, of the even and of the odd elements of k.
 */
final class ShortIntegerProductCode extends IntegerProductCode {
  private static final int VECTOR = 32;
  private static final int HALF = IntegerPanels.WIDTH / 2;

  /** Both vectors in a group of k. */
  private static final int PART = HALF * IntegerPanels.GROUP;

  /** In all shorts the lower byte. */
  private static final int LOWER = 0xFF00FF;

  // While sums are stored.
  private static final Vec LEAST = ymm(12);
  private static final Vec MOST = ymm(13);
  private static final Vec ZERO = ymm(14);
  private static final Vec OTHER = ymm(15);

  // While products of 16 bits are summed: of both vectors the even elements and the odd ones.
  private static final Vec[] EVEN = {ymm(8), ymm(10)};
  private static final Vec[] ODD = {ymm(9), ymm(11)};
  private static final Vec EVEN_FACTOR = ymm(12);
  private static final Vec ODD_FACTOR = ymm(13);
  private static final Vec PRODUCT = ymm(14);
  private static final Vec MASK = ymm(15);

  private final ByteProducts way;

  ShortIntegerProductCode(IntegerProductShape shape, ByteProducts way) {
    super(Assembler.withoutAvx512(), shape, 2);
    this.way = way;
  }

  @Override
  void columns() {
    var last = new Label();
    var end = new Label();
    a.jump(Condition.ZERO, last);
    a.mov(FREE, HALF);
    a.mov(Slot.LEFT.memory(), FREE);
    a.mov(Slot.RIGHT.memory(), FREE);
    a.jmp(end);
    a.bind(last);
    a.mov(FREE, Slot.LAST_LEFT.memory());
    a.mov(Slot.LEFT.memory(), FREE);
    a.mov(FREE, Slot.LAST_RIGHT.memory());
    a.mov(Slot.RIGHT.memory(), FREE);
    a.bind(end);
  }

  private static Mem columns(int part) {
    return part == 0 ? Slot.LEFT.memory() : Slot.RIGHT.memory();
  }

  @Override
  void jumpIfEmpty(int part, Label empty) {
    a.mov(FREE, columns(part));
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, empty);
  }

  @Override
  void clear(int height) {
    for (int i = 0; i < 2 * height; i++) {
      a.vpxor(ymm(i), ymm(i), ymm(i));
    }
    if (way == ByteProducts.WORDS) {
      a.mov(FREE, LOWER);
      a.vmovd(MASK.of(16), FREE);
      a.vpbroadcastd(MASK, MASK.of(16));
    }
  }

  @Override
  void group(int height, int i, int part) {
    Mem panel = at(PANEL, i * GROUP_BYTES + part * PART);
    if (way == ByteProducts.WORDS) {
      words(height, i, panel);
      return;
    }
    a.vmovdqu(ymm(12), panel);
    a.vmovdqu(ymm(13), panel.plus(VECTOR));
    for (int row = 0; row < height; row++) {
      Vec factor = ymm(14 + (row & 1));
      a.vpbroadcastd(factor, row(height, row).plus(i * IntegerPanels.GROUP));
      a.vexVpdpbusd(ymm(2 * row), factor, ymm(12));
      a.vexVpdpbusd(ymm(2 * row + 1), factor, ymm(13));
    }
  }

  private void words(int height, int i, Mem panel) {
    for (int v = 0; v < 2; v++) {
      a.vmovdqu(PRODUCT, panel.plus(v * VECTOR));
      a.vpsllw(EVEN[v], PRODUCT, Byte.SIZE);
      a.vpsraw(EVEN[v], EVEN[v], Byte.SIZE);
      a.vpsraw(ODD[v], PRODUCT, Byte.SIZE);
    }
    for (int row = 0; row < height; row++) {
      a.vpbroadcastd(EVEN_FACTOR, row(height, row).plus(i * IntegerPanels.GROUP));
      a.vpsrlw(ODD_FACTOR, EVEN_FACTOR, Byte.SIZE);
      a.vpand(EVEN_FACTOR, EVEN_FACTOR, MASK);
      for (int v = 0; v < 2; v++) {
        Vec sum = ymm(2 * row + v);
        a.vpmaddwd(PRODUCT, EVEN_FACTOR, EVEN[v]);
        a.vpaddd(sum, sum, PRODUCT);
        a.vpmaddwd(PRODUCT, ODD_FACTOR, ODD[v]);
        a.vpaddd(sum, sum, PRODUCT);
      }
    }
  }

  @Override
  void finish(int height, int part) {
    var broken = new Label();
    var end = new Label();
    a.mov(FREE, Slot.ADDENDS.memory());
    if (shape.bytes()) {
      a.mov(SCALES, Slot.SCALES.memory());
      a.vbroadcastss(LEAST, Slot.LOW.memory());
      a.vbroadcastss(MOST, Slot.HIGH.memory());
      a.vpbroadcastd(ZERO, Slot.ZERO.memory());
    }
    a.mov(COUNT, columns(part));
    a.cmp(COUNT, HALF);
    a.jump(Condition.LESS, broken);
    Mem place = at(ROW, part * HALF * (shape.bytes() ? 1 : Integer.BYTES));
    for (int row = 0; row < height; row++) {
      finish(row, part, place);
      a.add(ROW, C_PITCH);
    }
    a.jmp(end);
    a.bind(broken);
    for (int row = 0; row < height; row++) {
      finish(row, part, Slot.STORED.memory());
      copy(part, place);
      a.add(ROW, C_PITCH);
    }
    a.bind(end);
  }

  /** Stores sixteen columns of a row. */
  private void finish(int row, int part, Mem place) {
    Vec left = ymm(2 * row);
    Vec right = ymm(2 * row + 1);
    int columns = part * HALF * Integer.BYTES;
    a.vpaddd(left, left, at(FREE, columns));
    a.vpaddd(right, right, at(FREE, columns + VECTOR));
    if (!shape.bytes()) {
      a.vmovdqu(place, left);
      a.vmovdqu(place.plus(VECTOR), right);
      return;
    }
    quantise(left, columns);
    quantise(right, columns + VECTOR);
    a.vpackssdw(left, left, right);
    a.vpsllw(left, left, Byte.SIZE); // whose lower bytes alone matter
    a.vpsrlw(left, left, Byte.SIZE);
    a.vpackuswb(left, left, left);
    a.vextractf128(OTHER.of(16), left, 1);
    Vec bytes = xmm(left.number());
    a.vpunpckldq(bytes, bytes, OTHER.of(16));
    a.vmovdqu(place, bytes);
  }

  /** Of NaN and the lower bound the second operand of max is taken. */
  private void quantise(Vec sum, int at) {
    a.vcvtdq2ps(sum, sum);
    a.vmulps(sum, sum, at(SCALES, at));
    a.vmaxps(sum, sum, LEAST);
    a.vminps(sum, sum, MOST);
    a.vcvtps2dq(sum, sum);
    a.vpaddd(sum, sum, ZERO);
  }

  /** Copies what was stored elsewhere, but for columns that there are not. */
  private void copy(int part, Mem place) {
    var one = new Label();
    int stored = Slot.STORED.memory().displacement();
    a.mov(COUNT, columns(part));
    a.bind(one);
    a.dec(COUNT);
    if (shape.bytes()) {
      a.movzx(ONE, at(Gp.RDI, COUNT, 1, stored));
      a.movb(at(ROW, COUNT, 1, place.displacement()), ONE);
    } else {
      a.movsxd(ONE, at(Gp.RDI, COUNT, Integer.BYTES, stored));
      a.movd(at(ROW, COUNT, Integer.BYTES, place.displacement()), ONE);
    }
    a.test(COUNT, COUNT);
    a.jump(Condition.NOT_ZERO, one);
  }
}
