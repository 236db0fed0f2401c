package dev.sardonyx.runtime.machine.assembler;

/** Shapes of vector instructions: how many operands they have, and in which order. */
abstract class VectorEncoder extends GeneralInstructions {

  /** An instruction with W = 0 on all lanes that has a form without EVEX. */
  static Form form(Space space, int opcode) {
    return new Form(space, Wide.ZERO, opcode, Piece.FULL, true);
  }

  /** The same that reads a piece of a vector. */
  static Form form(Space space, int opcode, Piece piece) {
    return new Form(space, Wide.ZERO, opcode, piece, true);
  }

  /** An instruction that there is with EVEX alone. */
  static Form long512(Space space, Wide wide, int opcode, Piece piece) {
    return new Form(space, wide, opcode, piece, false);
  }

  /** to = op(a, b). */
  final void three(String name, Form form, Vec to, Vec a, Source b) {
    line(name, to, a, b);
    vector(form, to.bytes(), to.number(), a, b, to.mask(), to.zeroing());
  }

  /** to = op(a, b, a constant). */
  final void three(String name, Form form, Vec to, Vec a, Source b, int constant) {
    line(name, to, a, b, constant);
    vector(form, to.bytes(), to.number(), a, b, to.mask(), to.zeroing());
    put(constant);
  }

  /** to = op(from). */
  final void two(String name, Form form, Vec to, Source from) {
    line(name, to, from);
    vector(form, to.bytes(), to.number(), null, from, to.mask(), to.zeroing());
  }

  /** to = op(from, a constant). */
  final void two(String name, Form form, Vec to, Source from, int constant) {
    line(name, to, from, constant);
    vector(form, to.bytes(), to.number(), null, from, to.mask(), to.zeroing());
    put(constant);
  }

  /** Memory = from. */
  final void store(String name, Form form, Mem to, Vec from) {
    line(name, to, from);
    vector(form, from.bytes(), from.number(), null, to, to.mask(), false);
  }

  /** Part of a vector = op(from, a constant): the destination comes last in the encoding. */
  final void part(String name, Form form, Source to, Vec from, int constant) {
    line(name, to, from, constant);
    int mask = to instanceof Vec v ? v.mask() : ((Mem) to).mask();
    boolean zeroing = to instanceof Vec v && v.zeroing();
    vector(form, from.bytes(), from.number(), null, to, mask, zeroing);
    put(constant);
  }

  /** Part of a vector = op(from), likewise. */
  final void part(String name, Form form, Source to, Vec from) {
    line(name, to, from);
    int mask = to instanceof Vec v ? v.mask() : ((Mem) to).mask();
    boolean zeroing = to instanceof Vec v && v.zeroing();
    vector(form, from.bytes(), from.number(), null, to, mask, zeroing);
  }
}
