package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * What became of a data set.
 *
 * @param stage how far it came; RUN where it ended well
 * @param reason a short code or text; empty where it ended well
 * @param detail all that there is to say about the reason
 * @param loadMillis the time to read the files and open the graph
 * @param runMillis the time to compute
 * @param outputs the declared types of the outputs that were written
 */
public record Outcome(
    DataSet set,
    Status status,
    Stage stage,
    String reason,
    String detail,
    double loadMillis,
    double runMillis,
    List<ValueType> outputs) {
  public Outcome {
    outputs = List.copyOf(outputs);
  }
}
