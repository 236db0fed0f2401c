package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.List;
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

  private final Assembler a;
  private final VectorLevel level;
  private final ConstantPool pool;
  private final VectorWalk walk;
  private final boolean lstm;
  private final FormulaWriter formula;
  private final int copies;

  private CellCode(VectorLevel level, boolean lstm) {
    this.a = level.assembler();
    this.level = level;
    this.pool = new ConstantPool(level, Gp.RAX);
    this.walk = new VectorWalk(a, level, pool, LEFT, FREE);
    this.lstm = lstm;
    List<Integer> registers = IntStream.range(0, level.registers()).boxed().toList();
    formula = new FormulaWriter(a, level, lstm ? lstm() : gru(), pool, registers);
    copies = Math.min(VECTORS, formula.copies());
  }

  /** The code of an LSTM, or else a GRU. */
  static Assembler write(VectorLevel level, boolean lstm) {
    return new CellCode(level, lstm).write();
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
    if (copies < VECTORS) {
      a.add(PANELS, PANELS);
    }
    a.bind(panel);
    formula.write(copies, this::load);
    for (int i = 0; i < copies; i++) {
      a.vmovups(at(HIDDEN, i * level.bytes()), formula.result(0, i));
      if (lstm) {
        a.vmovups(at(CELL, i * level.bytes()), formula.result(1, i));
      }
    }
    storeY();
    for (Gp pointer : new Gp[] {PRODUCTS, INPUTS, HIDDEN, CELL}) {
      a.add(pointer, copies * level.bytes());
    }
    a.dec(PANELS);
    a.jump(Condition.NOT_ZERO, panel);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void load(int number, int vector, Vec to) {
    int offset = vector * level.bytes();
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
    for (int i = 0; i < copies; i++) {
      var part = new Label();
      var end = new Label();
      a.cmp(LEFT, level.lanes());
      a.jump(Condition.LESS, part);
      a.vmovups(at(Y, i * level.bytes()), formula.result(0, i));
      a.jmp(end);
      a.bind(part);
      a.cmp(LEFT, 0);
      a.jump(Condition.NOT_GREATER, end);
      level.beginPart(a, LEFT, FREE);
      walk.store(at(Y, i * level.bytes()), formula.result(0, i), true);
      a.bind(end);
      a.sub(LEFT, level.lanes());
    }
    a.add(Y, copies * level.bytes());
  }
}
