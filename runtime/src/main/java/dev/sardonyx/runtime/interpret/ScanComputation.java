package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Scan;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scan: as many rounds as the scan inputs are long. */
final class ScanComputation {
  private ScanComputation() {}

  static Computation of(Scan op) {
    return (inputs, interpreter) -> {
      int carried = op.carried();
      int scanned = op.inputAxes().size();
      List<Data> state = ControlComputations.present(inputs.subList(0, carried));
      List<Data> sequences =
          ControlComputations.present(inputs.subList(carried, carried + scanned));
      List<Data> captured =
          ControlComputations.present(inputs.subList(carried + scanned, inputs.size()));
      long rounds = rounds(op, sequences);
      var scans = new ScanOutputs(op.body(), carried);
      for (long round = 0; round < rounds; round++) {
        interpreter.countTrip();
        List<Data> given = new ArrayList<>(state);
        for (int i = 0; i < scanned; i++) {
          long at = op.inputReversed().get(i) ? rounds - 1 - round : round;
          given.add(element(sequences.get(i), op.inputAxes().get(i), at, interpreter));
        }
        given.addAll(captured);
        List<Data> outputs = interpreter.run(op.body(), given);
        state = outputs.subList(0, carried);
        scans.add(outputs, interpreter);
      }
      List<Data> results = new ArrayList<>(state);
      results.addAll(scans.stacked(op.outputAxes()::get, op.outputReversed()::get, interpreter));
      return results;
    };
  }

  private static long rounds(Scan op, List<Data> sequences) {
    long rounds = -1;
    for (int i = 0; i < sequences.size(); i++) {
      if (!(sequences.get(i) instanceof Tensor tensor)) {
        throw new SardonyxException(
            ErrorCode.DTYPE, "Scan takes tensors, found " + sequences.get(i).type());
      }
      long length = tensor.size(op.inputAxes().get(i)).fixed();
      if (rounds >= 0 && rounds != length) {
        throw new SardonyxException(
            ErrorCode.SHAPE, "Scan: inputs must have one length, found " + rounds + ", " + length);
      }
      rounds = length;
    }
    return rounds;
  }

  private static Data element(Data sequence, int axis, long index, Interpreter interpreter) {
    return interpreter
        .evaluate(
            new Gather(axis), List.of(Optional.of(sequence), Optional.of(Tensor.scalar(index))), 1)
        .getFirst();
  }
}
