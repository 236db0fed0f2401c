package dev.sardonyx.runtime.machine.assembler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of instructions: prefixes, opcodes, ModRM, SIB and displacements. Source: Intel 64 and
 * IA-32 Architectures Software Developer's Manual, volume 2, chapter 2.
 */
abstract class Encoder {
  private static final int NO_REGISTER = 0;

  private final boolean hasAvx512;
  private byte[] bytes = new byte[4096];
  private int size;
  private int open;
  private final List<Listing.Line> lines = new ArrayList<>();

  Encoder(boolean hasAvx512) {
    this.hasAvx512 = hasAvx512;
  }

  /** Refuses what only AVX-512 has, where that is not there. */
  final void needAvx512(Object what) {
    if (!hasAvx512) {
      throw new IllegalArgumentException("AVX-512 alone has " + what);
    }
  }

  /** The code; all labels that are jumped to must be bound. */
  public final byte[] code() {
    if (open != 0) {
      throw new IllegalStateException("jumps to labels that are not bound: " + open);
    }
    return Arrays.copyOf(bytes, size);
  }

  /** The code as text, an instruction a line. */
  public final Listing listing() {
    return new Listing(code(), List.copyOf(lines));
  }

  /** Notes the instruction that begins here. */
  final void line(String mnemonic, Object... operands) {
    lines.add(new Listing.Line(size, mnemonic, List.of(operands)));
  }

  final int position() {
    return size;
  }

  final void put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  final void put32(int value) {
    put(value);
    put(value >> 8);
    put(value >> 16);
    put(value >> 24);
  }

  final void put64(long value) {
    put32((int) value);
    put32((int) (value >> 32));
  }

  /** A distance of 32 bits to a label, from its own end. */
  final void distance(Label label) {
    if (label.position < 0) {
      label.waiting.add(size);
      open++;
      put32(0);
    } else {
      put32(label.position - (size + 4));
    }
  }

  /** Lets a label be here. */
  public final void bind(Label label) {
    if (label.position >= 0) {
      throw new IllegalStateException("a label is bound twice");
    }
    label.position = size;
    int end = size;
    for (int at : label.waiting) {
      size = at;
      put32(end - (at + 4));
      open--;
    }
    size = end;
    label.waiting.clear();
  }

  /** ModRM with a register as its last operand. */
  final void register(int reg, int rm) {
    put(0xC0 | (reg & 7) << 3 | rm & 7);
  }

  /**
   * ModRM, SIB and displacement of memory.
   *
   * @param unit what a displacement of 8 bits counts in
   */
  final void memory(int reg, Mem m, int unit) {
    int base = m.base().ordinal();
    int displacement = m.displacement();
    boolean fits = displacement % unit == 0 && isByte(displacement / unit);
    boolean none = displacement == 0 && (base & 7) != 5;
    int mode = none ? 0 : fits ? 1 : 2;
    boolean sib = m.index() != null || (base & 7) == 4;
    put(mode << 6 | (reg & 7) << 3 | (sib ? 4 : base & 7));
    if (sib) {
      int index = m.index() == null ? 4 : m.index().ordinal();
      put(Integer.numberOfTrailingZeros(m.scale()) << 6 | (index & 7) << 3 | base & 7);
    }
    if (mode == 1) {
      put(displacement / unit);
    } else if (mode == 2) {
      put32(displacement);
    }
  }

  static boolean isByte(int value) {
    return value == (byte) value;
  }

  /** A constant of a byte, at the end of an instruction. */
  final void immediate(int value) {
    put(Objects.checkIndex(value, 256));
  }

  /**
   * A vector instruction.
   *
   * @param size the bytes of its vectors
   * @param reg the register in ModRM's middle: most often the destination
   * @param second the register between, or null
   * @param mask that of the destination
   */
  final void vector(
      Form form, int size, int reg, @Nullable Vec second, Source rm, int mask, boolean zeroing) {
    int between = second == null ? NO_REGISTER : second.number();
    boolean high = reg > 15 || between > 15 || rm instanceof Vec v && v.number() > 15;
    boolean broadcast = rm instanceof Mem m && m.broadcast();
    if (second != null && second.bytes() != size
        || rm instanceof Vec v && v.bytes() != form.registerBytes(size)
        || broadcast && form.piece() != Piece.FULL) {
      throw new IllegalArgumentException("no such form: " + second + ", " + rm);
    }
    if (form.needsEvex(size, !high && mask == 0 && !broadcast)) {
      evex(form, size, reg, between, rm, mask, zeroing);
    } else {
      vex(form, size == 32 ? 1 : 0, reg, between, rm);
    }
  }

  /** VEX, its two-byte form where it fits. */
  final void vex(Form form, int length, int reg, int between, Source rm) {
    int base = rm instanceof Mem m ? m.base().ordinal() : ((Vec) rm).number();
    int index = rm instanceof Mem m && m.index() != null ? m.index().ordinal() : 0;
    vexPrefix(form, length, reg, between, base, index);
    switch (rm) {
      case Vec v -> register(reg, v.number());
      case Mem m -> memory(reg, m.plain(), 1);
    }
  }

  final void vexPrefix(Form form, int length, int reg, int between, int base, int index) {
    int last = (~between & 15) << 3 | length << 2 | form.space().prefix;
    boolean simple = base < 8 && index < 8 && form.wide() != Wide.ONE && form.space().map == 1;
    if (simple) {
      put(0xC5);
      put((reg < 8 ? 0x80 : 0) | last);
    } else {
      put(0xC4);
      int inverted = (reg < 8 ? 0x80 : 0) | (index < 8 ? 0x40 : 0) | (base < 8 ? 0x20 : 0);
      put(inverted | form.space().map);
      put((form.wide() == Wide.ONE ? 0x80 : 0) | last);
    }
    put(form.opcode());
  }

  private void evex(
      Form form, int size, int reg, int between, Source rm, int mask, boolean zeroing) {
    needAvx512(form);
    boolean register = rm instanceof Vec;
    int base = rm instanceof Mem m ? m.base().ordinal() : ((Vec) rm).number();
    int index = rm instanceof Mem m && m.index() != null ? m.index().ordinal() : 0;
    boolean x = register ? (base & 16) == 0 : index < 8;
    put(0x62);
    put(
        ((reg & 8) == 0 ? 0x80 : 0)
            | (x ? 0x40 : 0)
            | ((base & 8) == 0 ? 0x20 : 0)
            | ((reg & 16) == 0 ? 0x10 : 0)
            | form.space().map);
    boolean wide = form.wide() != Wide.ZERO;
    put((wide ? 0x80 : 0) | (~between & 15) << 3 | 4 | form.space().prefix);
    boolean broadcast = rm instanceof Mem m && m.broadcast();
    int length = size == 64 ? 2 : size == 32 ? 1 : 0;
    put(
        (zeroing ? 0x80 : 0)
            | length << 5
            | (broadcast ? 0x10 : 0)
            | ((between & 16) == 0 ? 8 : 0)
            | mask);
    put(form.opcode());
    switch (rm) {
      case Vec v -> register(reg, v.number());
      case Mem m -> memory(reg, m, form.piece().bytes(size, broadcast, wide));
    }
  }
}
