package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.util.List;

/**
 * What one loop over arrays computes: part of an {@link ElementwiseProgram}, with values counted
 * alike.
 *
 * @param singles for each input whether it is one element for all
 * @param results the values that are written
 */
record LoopBody(List<Boolean> singles, List<Operation> operations, List<Integer> results) {
  LoopBody {
    singles = List.copyOf(singles);
    operations = List.copyOf(operations);
    results = List.copyOf(results);
  }
}
