package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The products of a {@link DepthwiseChain} with what lies between them in memory of a thread.
 *
 * @param lines where the first one writes, a pixel after the other
 * @param rows what the second one reads, a pixel after the other
 * @param expand the first one, if there is one
 */
public record ChainProducts(
    MemorySegment lines, MemorySegment rows, @Nullable Product expand, Product project) {

  /** Those of each thread, made once for its memory, so that runs allocate nothing. */
  public static final class Bound {
    private final Map<HotArrays, ChainProducts> threads = new ConcurrentHashMap<>();

    /** The products of a chain, always of the same one, with memory of the thread of arrays. */
    public ChainProducts of(
        DepthwiseChain chain, MemorySegment lines, MemorySegment rows, HotArrays arrays) {
      ChainProducts made = threads.get(arrays);
      if (made == null || !made.lines().equals(lines) || !made.rows().equals(rows)) {
        made = ChainProducts.of(chain, lines, rows);
        threads.put(arrays, made);
      }
      return made;
    }
  }

  private static ChainProducts of(DepthwiseChain chain, MemorySegment lines, MemorySegment rows) {
    Product e = chain.expand();
    Product p = chain.project();
    int channels = chain.window().channels();
    return new ChainProducts(
        lines,
        rows,
        e == null
            ? null
            : new Product(e.n(), e.k(), e.a(), e.panels(), lines, channels, e.epilogue()),
        new Product(
            p.n(),
            p.k(),
            new MatrixRows(rows, p.k(), Float.BYTES),
            p.panels(),
            p.c(),
            p.ldc(),
            p.epilogue()));
  }
}
