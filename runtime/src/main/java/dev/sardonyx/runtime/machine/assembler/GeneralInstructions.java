package dev.sardonyx.runtime.machine.assembler;

import java.util.Objects;

/**
 * Instructions on general registers of 64 bits. Each method is one instruction, named as in Intel's
 * manual; the first operand is the destination.
 */
abstract class GeneralInstructions extends Encoder {
  GeneralInstructions(boolean hasAvx512) {
    super(hasAvx512);
  }

  private void wide(int reg, int index, int base) {
    put(0x48 | (reg < 8 ? 0 : 4) | (index < 8 ? 0 : 2) | (base < 8 ? 0 : 1));
  }

  private void wide(Gp reg, Mem m) {
    int index = m.index() == null ? 0 : m.index().ordinal();
    wide(reg.ordinal(), index, m.base().ordinal());
  }

  private void registers(int opcode, Gp rm, Gp reg) {
    wide(reg.ordinal(), 0, rm.ordinal());
    put(opcode);
    register(reg.ordinal(), rm.ordinal());
  }

  private void memory(int opcode, Gp reg, Mem m) {
    wide(reg, m);
    put(opcode);
    memory(reg.ordinal(), m.plain(), 1);
  }

  /** Arithmetic with a constant: its opcode is a number in ModRM. */
  private void constant(int number, Gp to, int value) {
    wide(0, 0, to.ordinal());
    if (isByte(value)) {
      put(0x83);
      register(number, to.ordinal());
      put(value);
    } else if (to == Gp.RAX) {
      put(number << 3 | 5);
      put32(value);
    } else {
      put(0x81);
      register(number, to.ordinal());
      put32(value);
    }
  }

  /** Copies a register. */
  public final void mov(Gp to, Gp from) {
    line("mov", to, from);
    registers(0x89, to, from);
  }

  /** Loads 64 bits. */
  public final void mov(Gp to, Mem from) {
    line("mov", to, from);
    memory(0x8B, to, from);
  }

  /** Stores 64 bits. */
  public final void mov(Mem to, Gp from) {
    line("mov", to, from);
    memory(0x89, from, to);
  }

  /** Stores the low 32 bits. */
  public final void movd(Mem to, Gp from) {
    line("mov", "DWORD PTR " + to, from.low());
    narrow(from, to, false);
    put(0x89);
    memory(from.ordinal(), to.plain(), 1);
  }

  /** Stores the low 8 bits. */
  public final void movb(Mem to, Gp from) {
    line("mov", "BYTE PTR " + to, from.lowest());
    narrow(from, to, from.ordinal() > 3);
    put(0x88);
    memory(from.ordinal(), to.plain(), 1);
  }

  /** Loads 8 bits, with zeros above. */
  public final void movzx(Gp to, Mem from) {
    line("movzx", to.low(), "BYTE PTR " + from);
    narrow(to, from, false);
    put(0x0F);
    put(0xB6);
    memory(to.ordinal(), from.plain(), 1);
  }

  /** The prefix of what has fewer than 64 bits, if any register needs it. */
  private void narrow(Gp reg, Mem m, boolean always) {
    int index = m.index() == null ? 0 : m.index().ordinal();
    int prefix =
        (reg.ordinal() < 8 ? 0 : 4) | (index < 8 ? 0 : 2) | (m.base().ordinal() < 8 ? 0 : 1);
    if (always || prefix != 0) {
      put(0x40 | prefix);
    }
  }

  /** Loads 32 bits, extended by their sign. */
  public final void movsxd(Gp to, Mem from) {
    line("movsxd", to, "DWORD PTR " + from);
    memory(0x63, to, from);
  }

  /** A constant: in 32 bits, extended by its sign, where it fits. */
  public final void mov(Gp to, long value) {
    line(value == (int) value ? "mov" : "movabs", to, value);
    wide(0, 0, to.ordinal());
    if (value == (int) value) {
      put(0xC7);
      register(0, to.ordinal());
      put32((int) value);
    } else {
      put(0xB8 | to.ordinal() & 7);
      put64(value);
    }
  }

  /** The address itself. */
  public final void lea(Gp to, Mem from) {
    line("lea", to, from);
    memory(0x8D, to, from);
  }

  /** The address of a label, wherever the code lies. */
  public final void lea(Gp to, Label from) {
    line("lea", to, from);
    wide(to.ordinal(), 0, 0);
    put(0x8D);
    put((to.ordinal() & 7) << 3 | 5);
    distance(from);
  }

  /** Four bytes that are no instruction. */
  public final void data(int value) {
    line("dd", value);
    put32(value);
  }

  /** Zeros, that are no instructions, up to a multiple of so many bytes. */
  public final void align(int bytes) {
    while (position() % bytes != 0) {
      line("db", 0);
      put(0);
    }
  }

  /** A product, cut to 64 bits. */
  public final void imul(Gp to, Gp from) {
    line("imul", to, from);
    wide(to.ordinal(), 0, from.ordinal());
    put(0x0F);
    put(0xAF);
    register(to.ordinal(), from.ordinal());
  }

  /** Adds. */
  public final void add(Gp to, Gp from) {
    line("add", to, from);
    registers(0x1, to, from);
  }

  /** Adds, with a constant. */
  public final void add(Gp to, int value) {
    line("add", to, value);
    constant(0, to, value);
  }

  /** Bits of either. */
  public final void or(Gp to, Gp from) {
    line("or", to, from);
    registers(0x9, to, from);
  }

  /** Bits of either, with a constant. */
  public final void or(Gp to, int value) {
    line("or", to, value);
    constant(1, to, value);
  }

  /** Bits of both. */
  public final void and(Gp to, Gp from) {
    line("and", to, from);
    registers(0x21, to, from);
  }

  /** Bits of both, with a constant. */
  public final void and(Gp to, int value) {
    line("and", to, value);
    constant(4, to, value);
  }

  /** Subtracts. */
  public final void sub(Gp to, Gp from) {
    line("sub", to, from);
    registers(0x29, to, from);
  }

  /** Subtracts, with a constant. */
  public final void sub(Gp to, int value) {
    line("sub", to, value);
    constant(5, to, value);
  }

  /** Bits of one of them. */
  public final void xor(Gp to, Gp from) {
    line("xor", to, from);
    registers(0x31, to, from);
  }

  /** Bits of one of them, with a constant. */
  public final void xor(Gp to, int value) {
    line("xor", to, value);
    constant(6, to, value);
  }

  /** Compares; only flags change. */
  public final void cmp(Gp to, Gp from) {
    line("cmp", to, from);
    registers(0x39, to, from);
  }

  /** Compares; only flags change, with a constant. */
  public final void cmp(Gp to, int value) {
    line("cmp", to, value);
    constant(7, to, value);
  }

  /** Adds, with memory. */
  public final void add(Gp to, Mem from) {
    line("add", to, from);
    memory(0x3, to, from);
  }

  /** Subtracts, with memory. */
  public final void sub(Gp to, Mem from) {
    line("sub", to, from);
    memory(0x2b, to, from);
  }

  /** Compares; only flags change, with memory. */
  public final void cmp(Gp to, Mem from) {
    line("cmp", to, from);
    memory(0x3b, to, from);
  }

  /** Compares by the bits of both with zero; only flags change. */
  public final void test(Gp a, Gp b) {
    line("test", a, b);
    registers(0x85, a, b);
  }

  /** Adds one. */
  public final void inc(Gp to) {
    line("inc", to);
    wide(0, 0, to.ordinal());
    put(0xFF);
    register(0, to.ordinal());
  }

  /** Subtracts one. */
  public final void dec(Gp to) {
    line("dec", to);
    wide(0, 0, to.ordinal());
    put(0xFF);
    register(1, to.ordinal());
  }

  /** The other sign. */
  public final void neg(Gp to) {
    line("neg", to);
    wide(0, 0, to.ordinal());
    put(0xF7);
    register(3, to.ordinal());
  }

  /** Shifts to the left. */
  public final void shl(Gp to, int bits) {
    line("shl", to, bits);
    shift(4, to, bits);
  }

  /** Shifts to the right, with zeros. */
  public final void shr(Gp to, int bits) {
    line("shr", to, bits);
    shift(5, to, bits);
  }

  private void shift(int number, Gp to, int bits) {
    Objects.checkIndex(bits, 64);
    wide(0, 0, to.ordinal());
    if (bits == 1) {
      put(0xD1);
      register(number, to.ordinal());
    } else {
      put(0xC1);
      register(number, to.ordinal());
      put(bits);
    }
  }

  /** The low bits that the second source counts (BMI2): the others become zero. */
  public final void bzhi(Gp to, Gp from, Gp count) {
    line("bzhi", to, from, count);
    vexPrefix(
        Form.form(Space.NP_0F38, 0xF5).wide(Wide.ONE),
        0,
        to.ordinal(),
        count.ordinal(),
        from.ordinal(),
        0);
    register(to.ordinal(), from.ordinal());
  }

  /** To the stack. */
  public final void push(Gp from) {
    line("push", from);
    if (from.ordinal() > 7) {
      put(0x41);
    }
    put(0x50 | from.ordinal() & 7);
  }

  /** From the stack. */
  public final void pop(Gp to) {
    line("pop", to);
    if (to.ordinal() > 7) {
      put(0x41);
    }
    put(0x58 | to.ordinal() & 7);
  }

  /** Calls what is at an address. */
  public final void call(Gp target) {
    line("call", target);
    if (target.ordinal() > 7) {
      put(0x41);
    }
    put(0xFF);
    register(2, target.ordinal());
  }

  /** To the caller. */
  public final void ret() {
    line("ret");
    put(0xC3);
  }

  /** Goes on at a label. */
  public final void jmp(Label to) {
    line("jmp", to);
    if (isNear(to)) {
      put(0xEB);
      put(to.position - (position() + 1));
    } else {
      put(0xE9);
      distance(to);
    }
  }

  /** Goes on at a label where the flags of the last instruction say so. */
  public final void jump(Condition when, Label to) {
    line("j" + when.suffix, to);
    if (isNear(to)) {
      put(0x70 | when.code);
      put(to.position - (position() + 1));
    } else {
      put(0x0F);
      put(0x80 | when.code);
      distance(to);
    }
  }

  private boolean isNear(Label to) {
    return to.position >= 0 && isByte(to.position - (position() + 2));
  }

  /** Reads a line of the caches into the first of them, some time. */
  public final void prefetcht0(Mem from) {
    line("prefetcht0", from);
    prefetch(1, from);
  }

  /** Reads a line of the caches into the second of them, some time. */
  public final void prefetcht1(Mem from) {
    line("prefetcht1", from);
    prefetch(2, from);
  }

  private void prefetch(int number, Mem from) {
    int index = from.index() == null ? 0 : from.index().ordinal();
    int prefix = (index < 8 ? 0 : 2) | (from.base().ordinal() < 8 ? 0 : 1);
    if (prefix != 0) {
      put(0x40 | prefix);
    }
    put(0x0F);
    put(0x18);
    memory(number, from.plain(), 1);
  }

  /** What the processor has: eax and ecx ask; eax, ebx, ecx and edx answer. */
  public final void cpuid() {
    line("cpuid");
    put(0x0F);
    put(0xA2);
  }

  /** What state the system saves: ecx asks; edx and eax answer. */
  public final void xgetbv() {
    line("xgetbv");
    put(0x0F);
    put(0x01);
    put(0xD0);
  }
}
