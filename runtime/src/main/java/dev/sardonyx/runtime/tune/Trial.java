package dev.sardonyx.runtime.tune;

/** Makes ways to compute a node ready to be timed, each on memory of its own. */
@FunctionalInterface
public interface Trial {

  /** A way that is ready. */
  interface Run extends AutoCloseable {
    /** Computes the node once. Errors: INTERRUPTED or LIMIT where the caller's run is to end. */
    void run();

    /** Bytes of weights that it reads. */
    long weightBytes();

    /** Gives its memory back. */
    @Override
    void close();
  }

  /** Makes a way ready. Errors: LIMIT where there is no memory for it. */
  Run open(Way way);
}
