package dev.sardonyx.runtime.machine.assembler;

/** Shapes of vector instructions: how many operands they have, and in which order. */
abstract class VectorEncoder extends GeneralInstructions {
  VectorEncoder(boolean hasAvx512) {
    super(hasAvx512);
  }

  /** to = op(a, b). */
  final void three(String name, Form form, Vec to, Vec a, Source b) {
    line(name, to, a, shown(form, to.bytes(), b));
    operation(form, to, a, b);
  }

  /** to = op(a, b, a constant). */
  final void three(String name, Form form, Vec to, Vec a, Source b, int constant) {
    line(name, to, a, shown(form, to.bytes(), b), constant);
    operation(form, to, a, b);
    immediate(constant);
  }

  final void operation(Form form, Vec to, Vec a, Source b) {
    a.unmasked();
    vector(form, to.bytes(), to.number(), a, b.unmasked(), to.mask(), to.zeroing());
  }

  /** to = op(from). */
  final void two(String name, Form form, Vec to, Source from) {
    line(name, to, shown(form, to.bytes(), from));
    operation(form, to, from);
  }

  /** to = op(from, a constant). */
  final void two(String name, Form form, Vec to, Source from, int constant) {
    line(name, to, shown(form, to.bytes(), from), constant);
    operation(form, to, from);
    immediate(constant);
  }

  private void operation(Form form, Vec to, Source from) {
    vector(form, to.bytes(), to.number(), null, from.unmasked(), to.mask(), to.zeroing());
  }

  /** to = op(from) with half as many bytes, or 16. */
  final void half(String name, Form form, Vec to, Vec from) {
    line(name, to, from);
    if (to.bytes() != Math.max(16, from.bytes() / 2)) {
      throw new IllegalArgumentException("no half: " + to + ", " + from);
    }
    from.unmasked();
    vector(form, from.bytes(), to.number(), null, from, to.mask(), to.zeroing());
  }

  /** to = op(from, a constant), where the opcode goes on in ModRM. */
  final void shift(String name, Form form, int more, Vec to, Vec from, int constant) {
    line(name, to, from, constant);
    from.unmasked();
    vector(form, to.bytes(), more, to, from, to.mask(), to.zeroing());
    immediate(constant);
  }

  /** A mask = op(a, b). */
  final void compare(String name, Form form, Mask to, Vec a, Source b) {
    line(name, to, a, shown(form, a.bytes(), b));
    comparison(form, to, a, b);
  }

  /** A mask = op(a, b, a constant). */
  final void compare(String name, Form form, Mask to, Vec a, Source b, int constant) {
    line(name, to, a, shown(form, a.bytes(), b), constant);
    comparison(form, to, a, b);
    immediate(constant);
  }

  private void comparison(Form form, Mask to, Vec a, Source b) {
    a.unmasked();
    vector(form, a.bytes(), to.number(), a, b.unmasked(), to.by(), false);
  }

  /** Memory = from. */
  final void store(String name, Form form, Mem to, Vec from) {
    part(name, form, to, from);
  }

  /** Part of a vector = op(from, a constant): the destination comes last in the encoding. */
  final void part(String name, Form form, Source to, Vec from, int constant) {
    line(name, to, from, constant);
    part(form, to, from);
    immediate(constant);
  }

  /** Part of a vector = op(from), likewise. */
  final void part(String name, Form form, Source to, Vec from) {
    line(name, to, from);
    part(form, to, from);
  }

  private void part(Form form, Source to, Vec from) {
    from.unmasked();
    if (to instanceof Mem m && m.broadcast()) {
      throw new IllegalArgumentException("a broadcast is only read: " + to);
    }
    boolean zeroing = to instanceof Vec v && v.zeroing();
    vector(form, from.bytes(), from.number(), null, to, to.mask(), zeroing);
  }

  private static Object shown(Form form, int bytes, Source source) {
    return source instanceof Mem m && m.broadcast() ? new Broadcast(m, form, bytes) : source;
  }

  /** Memory whose element goes to all lanes; its text is made when somebody reads it. */
  private record Broadcast(Mem memory, Form form, int bytes) {
    @Override
    public String toString() {
      return memory.text(form.broadcast(bytes));
    }
  }
}
