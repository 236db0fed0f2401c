package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.stream.IntStream;

/**
 * Writes a step of an LSTM or a GRU, from the products of the state to the new state without
 * leaving registers.
 *
 * <p>Arguments: panels of a gate, the bytes of a gate, products, inputs, hidden, cell, y, the
 * elements of y; no y where there are none.
 */
final class CellCode {
  /** Vectors at once: those of a panel. */
  private static final int VECTORS = 2;

  private static final int VECTOR = 64;
  private static final int PANEL = VECTORS * VECTOR / Float.BYTES;

  /** What the formulas of both load: the sums of gates come first, by the number of the gate. */
  private static final int STATE = 4;

  private static final int OWN_PRODUCT = 5;
  private static final int OWN_INPUT = 6;

  private static final Gp PANELS = Gp.RCX;
  private static final Gp GATE = Gp.RDX;
  private static final Gp GATE_3 = Gp.RBX;
  private static final Gp PRODUCTS = Gp.RSI;
  private static final Gp INPUTS = Gp.R8;
  private static final Gp HIDDEN = Gp.R9;
  private static final Gp CELL = Gp.R10;
  private static final Gp Y = Gp.R12;
  private static final Gp LEFT = Gp.R13;
  private static final Gp FREE = Gp.R11;

  private final Assembler a = new Assembler();
  private final ConstantPool pool = new ConstantPool(Gp.RAX);
  private final boolean lstm;
  private final FormulaWriter formula;

  private CellCode(boolean lstm) {
    this.lstm = lstm;
    formula =
        new FormulaWriter(a, lstm ? lstm() : gru(), pool, IntStream.range(0, 32).boxed().toList());
    if (formula.copies() < VECTORS) {
      throw new AssertionError("too few registers for a panel");
    }
  }

  /** The code of an LSTM, or else a GRU. */
  static Assembler write(boolean lstm) {
    return new CellCode(lstm).write();
  }

  /** Results are the hidden state and the cell. */
  private static Formula lstm() {
    var f = new Formula();
    Value added = f.multiply(Sigmoids.sigmoid(f, f.input(0)), Sigmoids.tanh(f, f.input(3)));
    Value forget = Sigmoids.sigmoid(f, f.input(2));
    Value cell = f.multiplyAdd(forget, f.input(STATE), added);
    Value size = Sigmoids.tanh(f, cell);
    f.result(f.multiply(Sigmoids.sigmoid(f, f.input(1)), size));
    f.result(cell);
    return f;
  }

  /** The result is the hidden state. */
  private static Formula gru() {
    var f = new Formula();
    Value reset = Sigmoids.sigmoid(f, f.input(1));
    Value sum = f.multiplyAdd(reset, f.input(OWN_PRODUCT), f.input(OWN_INPUT));
    Value candidate = Sigmoids.tanh(f, sum);
    Value update = Sigmoids.sigmoid(f, f.input(0));
    f.result(f.multiplyAdd(update, f.subtract(f.input(STATE), candidate), candidate));
    return f;
  }

  private Assembler write() {
    var panel = new Label();
    Frame.enter(a);
    pool.begin(a);
    formula.begin();
    Gp[] registers = {PANELS, GATE, PRODUCTS, INPUTS, HIDDEN, CELL, Y, LEFT};
    for (int i = 0; i < registers.length; i++) {
      a.mov(registers[i], Frame.slot(i));
    }
    a.lea(GATE_3, at(GATE, GATE, 2));
    a.bind(panel);
    formula.write(VECTORS, this::load);
    for (int i = 0; i < VECTORS; i++) {
      a.vmovups(at(HIDDEN, i * VECTOR), formula.result(0, i));
      if (lstm) {
        a.vmovups(at(CELL, i * VECTOR), formula.result(1, i));
      }
    }
    storeY();
    for (Gp pointer : new Gp[] {PRODUCTS, INPUTS, HIDDEN, CELL}) {
      a.add(pointer, VECTORS * VECTOR);
    }
    a.dec(PANELS);
    a.jump(Condition.NOT_ZERO, panel);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void load(int number, int vector, Vec to) {
    int offset = vector * VECTOR;
    switch (number) {
      case STATE -> a.vmovups(to, at(lstm ? CELL : HIDDEN, offset));
      case OWN_PRODUCT -> a.vmovups(to, gate(PRODUCTS, 2).plus(offset));
      case OWN_INPUT -> a.vmovups(to, gate(INPUTS, 2).plus(offset));
      default -> {
        a.vmovups(to, gate(PRODUCTS, number).plus(offset));
        a.vaddps(to, to, gate(INPUTS, number).plus(offset));
      }
    }
  }

  private static Mem gate(Gp base, int number) {
    return switch (number) {
      case 0 -> at(base);
      case 1, 2 -> at(base, GATE, number);
      case 3 -> at(base, GATE_3, 1);
      default -> throw new AssertionError(number);
    };
  }

  /** Leaves what y has of a panel there too. */
  private void storeY() {
    var partial = new Label();
    var end = new Label();
    a.cmp(LEFT, PANEL);
    a.jump(Condition.LESS, partial);
    for (int i = 0; i < VECTORS; i++) {
      a.vmovups(at(Y, i * VECTOR), formula.result(0, i));
    }
    a.jmp(end);
    a.bind(partial);
    a.cmp(LEFT, 0);
    a.jump(Condition.NOT_GREATER, end);
    a.mov(FREE, -1);
    a.bzhi(FREE, FREE, LEFT);
    for (int i = 0; i < VECTORS; i++) {
      a.kmovw(k(1), FREE);
      a.vmovups(at(Y, i * VECTOR).masked(k(1)), formula.result(0, i));
      a.shr(FREE, VECTOR / Float.BYTES);
    }
    a.bind(end);
    a.add(Y, VECTORS * VECTOR);
    a.sub(LEFT, PANEL);
  }
}
