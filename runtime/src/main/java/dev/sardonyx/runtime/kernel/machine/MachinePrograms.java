package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.machine.ElementwiseCode.Along;
import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chains of operations, each as one loop that keeps all values in registers. Equal chains share
 * their code, which lives as long as one of them does. Thread-safe.
 */
final class MachinePrograms {
  /** Shorter rows leave most of a vector empty. */
  private static final int SHORTEST_ROW = 16;

  private final CodeLibrary library;
  private final VectorLevel level;
  private final Kernels kernels;
  private final Map<ElementwiseProgram, WeakReference<MachineCode>> codes = new HashMap<>();
  private final Set<ElementwiseProgram> failed = new HashSet<>();

  /**
   * Chains.
   *
   * @param kernels has the operations one by one
   */
  MachinePrograms(CodeLibrary library, VectorLevel level, Kernels kernels) {
    this.library = library;
    this.level = level;
    this.kernels = kernels;
  }

  /**
   * A chain, or null where another set has to make it.
   *
   * @param onHeap the chain for memory that lies on the heap
   */
  @Nullable FusedElementwise fuse(ElementwiseProgram program, Supplier<FusedElementwise> onHeap) {
    List<Operand> operands = program.operands();
    if (!program.operations().stream().allMatch(MachinePrograms::has) || rowOf(operands) < 0) {
      return null;
    }
    List<Along> moving =
        operands.stream().filter(o -> !o.isSingle()).map(MachinePrograms::along).toList();
    Formula formula = formula(program, moving.size());
    if (!ElementwiseCode.fits(level, formula, moving.size())) {
      return null;
    }
    MachineCode code = code(program, formula, moving, onHeap);
    return code == null
        ? null
        : new MachineProgram(program, rowOf(operands), code, library, onHeap);
  }

  private static boolean has(Operation operation) {
    return switch (operation) {
      case Operation.Unary unary -> ElementFormulas.has(unary.function());
      case Operation.Binary binary -> ElementFormulas.has(binary.function());
    };
  }

  /** Elements of a row that all operands have, 0 where none needs rows, -1 where they differ. */
  private static long rowOf(List<Operand> operands) {
    long[] rows =
        operands.stream()
            .filter(operand -> !operand.isFull() && !operand.isSingle())
            .mapToLong(operand -> operand.repeat() == 1 ? operand.period() : operand.repeat())
            .distinct()
            .toArray();
    return rows.length == 0 ? 0 : rows.length == 1 && rows[0] >= SHORTEST_ROW ? rows[0] : -1;
  }

  static Along along(Operand operand) {
    return operand.isFull() ? Along.ALL : operand.repeat() == 1 ? Along.ROW : Along.ROWS;
  }

  /** What a program computes: single operands are arguments, the others inputs. */
  private static Formula formula(ElementwiseProgram program, int moving) {
    var formula = new Formula();
    List<Value> values = new ArrayList<>();
    int input = 0;
    int argument = ElementwiseCode.firstArgument(moving);
    for (int i = 0; i < program.operands().size(); i++) {
      if (!program.operands().get(i).isSingle()) {
        values.add(formula.input(input++));
      } else {
        Value single = formula.argument(argument++);
        values.add(mayStayInMemory(program, i) ? single : formula.copy(single));
      }
    }
    for (Operation operation : program.operations()) {
      values.add(
          switch (operation) {
            case Operation.Unary(var function, int x) ->
                ElementFormulas.of(
                    formula,
                    function,
                    values.get(x),
                    i -> formula.constant(ElementFormulas.parameter(function, i)));
            case Operation.Binary(var function, int a, int b) ->
                ElementFormulas.of(formula, function, values.get(a), values.get(b));
          });
    }
    formula.result(values.getLast());
    return formula;
  }

  private static boolean mayStayInMemory(ElementwiseProgram program, int value) {
    return program.operations().stream()
        .filter(operation -> operation.values().contains(value))
        .allMatch(
            operation ->
                switch (operation) {
                  case Operation.Unary _ -> false;
                  case Operation.Binary binary -> ElementFormulas.takesMemory(binary.function());
                });
  }

  /** The code of a program, or null where it cannot be made or fails its trial. */
  private synchronized @Nullable MachineCode code(
      ElementwiseProgram program,
      Formula formula,
      List<Along> moving,
      Supplier<FusedElementwise> onHeap) {
    WeakReference<MachineCode> known = codes.get(program);
    MachineCode code = known == null ? null : known.get();
    if (code == null && !failed.contains(program)) {
      String name = program.operations().toString();
      try {
        code = MachineCode.install(name, ElementwiseCode.write(level, formula, moving));
        if (!passes(program, code, onHeap)) {
          code = null;
          Trials.warn(name, "fails its trial on this machine");
        }
      } catch (UnsupportedOperationException e) {
        Trials.warn(name, "cannot be made: " + e.getMessage());
      }
      codes.values().removeIf(reference -> reference.get() == null);
      if (code == null) {
        failed.add(program);
      } else {
        codes.put(program, new WeakReference<>(code));
      }
    }
    return code;
  }

  private boolean passes(
      ElementwiseProgram program, MachineCode code, Supplier<FusedElementwise> onHeap) {
    ElementwiseProgram small = ProgramTrial.small(program);
    var fused = new MachineProgram(small, rowOf(small.operands()), code, library, onHeap);
    return ProgramTrial.agrees(kernels, small, fused, TrialMemory.PLAIN, ProgramTrial.elements());
  }
}
