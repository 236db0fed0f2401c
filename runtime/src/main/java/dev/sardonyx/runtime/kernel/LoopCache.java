package dev.sardonyx.runtime.kernel;

import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * The loops of a session by what they compute, so that each class is made once; the one least
 * recently used makes room. Thread-safe.
 */
public final class LoopCache {
  /** More than the different chains of a network. */
  private static final int CAPACITY = 64;

  private final Function<LoopBody, Loop> maker;
  private final LinkedHashMap<LoopBody, Loop> loops = new LinkedHashMap<>(16, 0.75f, true);

  LoopCache(Function<LoopBody, Loop> maker) {
    this.maker = maker;
  }

  /** A cache of classes, or of interpreters where this machine makes no classes as it runs. */
  public static LoopCache create() {
    boolean nativeImage = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    return new LoopCache(nativeImage ? LoopInterpreter::new : LoopClass::define);
  }

  /** The loop of a body. */
  synchronized Loop of(LoopBody body) {
    Loop loop = loops.get(body);
    if (loop == null) {
      loop = maker.apply(body);
      loops.put(body, loop);
      if (loops.size() > CAPACITY) {
        var _ = loops.pollFirstEntry();
      }
    }
    return loop;
  }
}
