package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a loop over the elements of a formula, in rows where an operand broadcasts: some operands
 * have an element for each of y, some one for each of a row, some one for each row. The last vector
 * of a row is computed as all others are.
 *
 * <p>Arguments: elements, how many elements of the first row come before them, elements of a row,
 * y; for each operand where it is read first, where it begins, where it ends; what the formula
 * takes.
 */
final class ElementwiseCode {
  /** How the elements of an operand go with those of y. */
  enum Along {
    /** One for each. */
    ALL,
    /** One for each of a row, the same in all rows. */
    ROW,
    /** One for each row. */
    ROWS
  }

  /** The most operands. */
  static final int MOST_OPERANDS = 9;

  private static final List<Gp> POINTERS =
      List.of(Gp.RSI, Gp.R8, Gp.R9, Gp.R10, Gp.RBX, Gp.RBP, Gp.R12, Gp.R13, Gp.R14);

  private static final Gp POOL = Gp.RAX;
  private static final Gp COUNT = Gp.RCX;

  /** Bytes from the first elements. */
  private static final Gp INDEX = Gp.RDX;

  private static final Gp FREE = Gp.R11;
  private static final Gp Y = Gp.R15;

  private static final Mem ELEMENTS = Frame.slot(0);
  private static final Mem BEFORE = Frame.slot(1);
  private static final Mem ROW = Frame.slot(2);

  private final Assembler a;
  private final VectorLevel level;
  private final ConstantPool pool;
  private final List<Along> operands;
  private final FormulaWriter formula;
  private final VectorWalk walk;

  private ElementwiseCode(VectorLevel level, Formula formula, List<Along> operands) {
    this.a = level.assembler();
    this.level = level;
    this.pool = new ConstantPool(level, POOL);
    this.operands = operands;
    List<Integer> registers = IntStream.range(0, level.registers()).boxed().toList();
    this.formula = new FormulaWriter(a, level, formula, pool, registers);
    this.walk = new VectorWalk(a, level, pool, COUNT, FREE);
  }

  /** Whether a formula has registers enough. */
  static boolean fits(VectorLevel level, Formula formula, int operands) {
    return operands <= MOST_OPERANDS && FormulaWriter.count(formula) <= level.registers();
  }

  /** The first argument of a formula. */
  static int firstArgument(int operands) {
    return 4 + 3 * operands;
  }

  /** The code; operands are the inputs of the formula, whose first result is y. */
  static Assembler write(VectorLevel level, Formula formula, List<Along> operands) {
    return new ElementwiseCode(level, formula, operands).write();
  }

  private Assembler write() {
    Frame.enter(a);
    pool.begin(a);
    formula.begin();
    for (int i = 0; i < operands.size(); i++) {
      a.mov(POINTERS.get(i), Frame.slot(4 + 3 * i));
    }
    a.mov(Y, Frame.slot(3));
    a.xor(INDEX, INDEX);
    if (operands.stream().allMatch(Along.ALL::equals)) {
      a.mov(COUNT, ELEMENTS);
      run();
    } else {
      rows();
    }
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void rows() {
    var row = new Label();
    var whole = new Label();
    a.bind(row);
    a.mov(COUNT, ROW);
    a.sub(COUNT, BEFORE);
    a.cmp(COUNT, ELEMENTS);
    a.jump(Condition.NOT_GREATER, whole);
    a.mov(COUNT, ELEMENTS);
    a.bind(whole);
    a.mov(FREE, ELEMENTS);
    a.sub(FREE, COUNT);
    a.mov(ELEMENTS, FREE);
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i) == Along.ROW) {
        Gp pointer = POINTERS.get(i);
        a.mov(pointer, BEFORE);
        a.shl(pointer, 2);
        a.add(pointer, Frame.slot(5 + 3 * i));
        a.sub(pointer, INDEX);
      }
    }
    run();
    a.xor(FREE, FREE);
    a.mov(BEFORE, FREE);
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i) == Along.ROWS) {
        nextRow(POINTERS.get(i), i);
      }
    }
    a.mov(FREE, ELEMENTS);
    a.test(FREE, FREE);
    a.jump(Condition.NOT_ZERO, row);
  }

  /** The next element of an operand, the first one after the last. */
  private void nextRow(Gp pointer, int operand) {
    var within = new Label();
    a.add(pointer, Float.BYTES);
    a.cmp(pointer, Frame.slot(6 + 3 * operand));
    a.jump(Condition.NOT_ZERO, within);
    a.mov(pointer, Frame.slot(5 + 3 * operand));
    a.bind(within);
  }

  /** Computes a part of a row, and moves the index behind it. */
  private void run() {
    walk.write(formula.copies(), this::vectors, vectors -> a.add(INDEX, vectors * level.bytes()));
    a.shl(COUNT, 2); // lanes beyond the end, negative
    a.add(INDEX, COUNT);
  }

  private void vectors(int count, boolean part) {
    formula.write(count, (number, copy, to) -> load(number, copy, part, to));
    for (int copy = 0; copy < count; copy++) {
      walk.store(at(Y, INDEX, 1, copy * level.bytes()), formula.result(0, copy), part);
    }
  }

  private void load(int operand, int copy, boolean part, Vec to) {
    Gp pointer = POINTERS.get(operand);
    if (operands.get(operand) == Along.ROWS) {
      a.vbroadcastss(to, at(pointer));
    } else {
      walk.load(to, at(pointer, INDEX, 1, copy * level.bytes()), part);
    }
  }
}
