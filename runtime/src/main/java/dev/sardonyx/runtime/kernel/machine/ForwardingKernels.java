package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.TransposedGeometry;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kernel set that leaves what it lacks to the next one. */
abstract class ForwardingKernels implements Kernels {
  private final Supplier<Kernels> maker;
  private volatile @Nullable Kernels next;

  /**
   * A set before another one.
   *
   * @param next gives that one, when it is first needed
   */
  ForwardingKernels(Supplier<Kernels> next) {
    this.maker = next;
  }

  /** The set that serves what this one does not. */
  final Kernels next() {
    leave();
    Kernels made = next;
    return made == null ? make() : made;
  }

  /** Called before work is left to the next set, or to plain loops. */
  abstract void leave();

  /** What serves, once something did; until then plain loops of this set. */
  final String nextName() {
    Kernels made = next;
    return made == null ? "plain loops" : made.name();
  }

  private synchronized Kernels make() {
    Kernels made = next;
    if (made == null) {
      made = maker.get();
      if (made.panelWidth() != panelWidth()) {
        throw new IllegalStateException(
            "the next set must have panels of %d columns (has %d)"
                .formatted(panelWidth(), made.panelWidth()));
      }
      next = made;
    }
    return made;
  }

  @Override
  public void sumTransposed(
      TransposedGeometry geometry,
      MemorySegment products,
      MemorySegment y,
      int image,
      int fromLine,
      int toLine,
      Epilogue epilogue,
      HotArrays arrays) {
    next().sumTransposed(geometry, products, y, image, fromLine, toLine, epilogue, arrays);
  }

  /** A chain whose operations are those of this set, one after the other. */
  final FusedElementwise oneByOne(ElementwiseProgram program, LoopCache loops) {
    return Kernels.super.fuse(program, loops);
  }
}
