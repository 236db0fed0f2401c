package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.SequenceMap;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/** SequenceMap: a graph run on each element. */
final class SequenceMapComputation {
  private SequenceMapComputation() {}

  static Computation of(SequenceMap op) {
    return (inputs, interpreter) -> {
      List<ValueType> types = Interpreter.types(op, inputs);
      List<Data> given = ControlComputations.present(inputs);
      int size = SequenceComputations.values(given.getFirst()).size();
      List<List<Data>> results = new ArrayList<>();
      types.forEach(_ -> results.add(new ArrayList<>()));
      for (int i = 0; i < size; i++) {
        interpreter.countTrip();
        List<Data> outputs = interpreter.run(op.body(), elements(op, given, i, size));
        for (int output = 0; output < results.size(); output++) {
          interpreter.hold(outputs.get(output));
          results.get(output).add(outputs.get(output));
        }
      }
      List<Data> sequences = new ArrayList<>();
      for (int output = 0; output < results.size(); output++) {
        results.get(output).forEach(interpreter::release);
        sequences.add(SequenceComputations.sequence(types.get(output), results.get(output)));
      }
      return sequences;
    };
  }

  private static List<Data> elements(SequenceMap op, List<Data> given, int index, int size) {
    List<Data> result = new ArrayList<>(given);
    for (int i = 0; i < op.mapped(); i++) {
      if (given.get(i) instanceof SequenceData(_, List<Data> values)) {
        if (values.size() != size) {
          throw new SardonyxException(
              ErrorCode.SHAPE,
              "SequenceMap: sequences must have one length, found "
                  + size
                  + " and "
                  + values.size());
        }
        result.set(i, values.get(index));
      }
    }
    return result;
  }
}
