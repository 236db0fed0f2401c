package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.util.List;

/**
 * A loop by the definitions of its functions in double, each rounded once: the reference for what
 * {@link LoopClass} writes, and what runs where classes cannot be made.
 */
record LoopInterpreter(LoopBody body) implements Loop {

  @Override
  public void run(float[][] values, int n) {
    int inputs = body.singles().size();
    List<Operation> operations = body.operations();
    var row = new float[inputs + operations.size()];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < inputs; k++) {
        row[k] = values[k][body.singles().get(k) ? 0 : i];
      }
      for (int k = 0; k < operations.size(); k++) {
        row[inputs + k] =
            switch (operations.get(k)) {
              case Operation.Unary(UnaryFunction function, int x) ->
                  (float) function.applyAsDouble(row[x]);
              case Operation.Binary(BinaryFunction function, int a, int b) ->
                  (float) function.applyAsDouble(row[a], row[b]);
            };
      }
      for (int k = 0; k < body.results().size(); k++) {
        values[inputs + k][i] = row[body.results().get(k)];
      }
    }
  }
}
