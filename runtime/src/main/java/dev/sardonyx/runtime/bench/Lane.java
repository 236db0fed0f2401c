package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.tensor.Data;
import java.time.Duration;
import java.util.Map;

/** One engine with the model open, in this process or in another. For one thread at a time. */
public interface Lane extends AutoCloseable {

  /** Who runs here. */
  Contender contender();

  /** Runs until times are stable, or for so long. Errors: those of runs. */
  Readiness warmUp(Duration most);

  /** So many runs, each timed, with nothing else at work. Errors: those of runs. */
  Block run(int runs);

  /** The outputs of the last run by name. */
  Map<String, Data> outputs();

  /** Ends it. */
  @Override
  void close();
}
