package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * What data sets are run with.
 *
 * @param engine computes; nothing else does
 * @param models reads models
 * @param values reads inputs and writes outputs
 * @param options what each run may take
 * @param runs how often a session runs, all but the last with other numbers in the place of floats:
 *     what a session has run before must not show
 */
public record CaseRunner(
    Engine engine, ModelFormat models, DataFormat values, SessionOptions options, int runs) {

  /**
   * Runs every data set, whatever becomes of the others, and writes outputs.
   *
   * @param limit the time for each
   * @param jobs how many run at a time
   * @param listener is told of each as soon as it is done, of one at a time
   * @throws SardonyxException (INTERRUPTED), FILE where results cannot be removed
   */
  public void run(
      List<DataSet> sets, Path out, Duration limit, int jobs, Consumer<Outcome> listener) {
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (DataSet set : sets) {
        futures.add(
            pool.submit(
                () -> {
                  Outcome outcome = new Attempt(set, this, out).await(limit);
                  synchronized (listener) {
                    listener.accept(outcome);
                  }
                  return outcome;
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new SardonyxException(ErrorCode.INTERRUPTED, "the run was interrupted", interrupt);
    } catch (ExecutionException broken) {
      throw broken.getCause() instanceof SardonyxException error
          ? error
          : new IllegalStateException(broken.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
