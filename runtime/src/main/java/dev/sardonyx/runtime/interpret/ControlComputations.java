package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** If and Loop. */
final class ControlComputations {
  private ControlComputations() {}

  static Computation of(ControlOp.If op) {
    return (inputs, interpreter) -> {
      boolean taken = bool(inputs.getFirst().orElseThrow(), "cond of If");
      return interpreter.run(
          taken ? op.thenBranch() : op.elseBranch(), present(inputs.subList(1, inputs.size())));
    };
  }

  static Computation of(ControlOp.Loop op) {
    return (inputs, interpreter) -> {
      long rounds = inputs.get(0).map(m -> number(m, "M of Loop")).orElse(Long.MAX_VALUE);
      boolean going = inputs.get(1).map(cond -> bool(cond, "cond of Loop")).orElse(true);
      int carried = op.carried();
      List<Data> state = present(inputs.subList(2, 2 + carried));
      List<Data> captured = present(inputs.subList(2 + carried, inputs.size()));
      var scans = new ScanOutputs(op.body(), 1 + carried);
      for (long round = 0; round < rounds && going; round++) {
        interpreter.countTrip();
        List<Data> given = new ArrayList<>();
        given.add(Tensor.scalar(round));
        given.add(Tensor.of(new boolean[] {going}));
        given.addAll(state);
        given.addAll(captured);
        List<Data> outputs = interpreter.run(op.body(), given);
        going = bool(outputs.getFirst(), "cond that the body of Loop gives");
        state = outputs.subList(1, 1 + carried);
        scans.add(outputs, interpreter);
      }
      List<Data> results = new ArrayList<>(state);
      results.addAll(scans.stacked(i -> 0, i -> false, interpreter));
      return results;
    };
  }

  /** Values of which none may be left out. */
  static List<Data> present(List<Optional<Data>> values) {
    return values.stream().map(Optional::orElseThrow).toList();
  }

  private static DenseTensor single(Data data, DType dtype, String what) {
    boolean fits =
        data instanceof Tensor tensor && tensor.dtype() == dtype && tensor.dense().elements() == 1;
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.SHAPE, what + " must be one " + dtype + ", found " + data.type());
    }
    return ((Tensor) data).dense();
  }

  private static boolean bool(Data data, String what) {
    return single(data, DType.BOOL, what).doubleAt(0) != 0;
  }

  private static long number(Data data, String what) {
    return single(data, DType.INT64, what).longAt(0);
  }
}
