package dev.sardonyx.models.check;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.WindowSweep;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The scalar kernels with one of them made wrong: its result's first element is off by a half. */
final class FaultyKernels {
  private FaultyKernels() {}

  /**
   * A kernel set with a fault.
   *
   * @param faulty the name of the method that goes wrong
   * @param output which of its arguments, by position, is or holds the segment that it writes
   */
  static Kernels with(String faulty, int output) {
    Kernels sound = Kernels.scalar();
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (_, method, arguments) -> {
              try {
                Object result = method.invoke(sound, arguments);
                if (method.getName().equals(faulty)) {
                  MemorySegment segment = written(arguments[output]);
                  float first = segment.getAtIndex(ValueLayout.JAVA_FLOAT, 0);
                  segment.setAtIndex(ValueLayout.JAVA_FLOAT, 0, first + 0.5f);
                }
                return result;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private static MemorySegment written(Object argument) {
    return switch (argument) {
      case Product product -> product.c();
      case WindowSweep sweep -> sweep.y();
      default -> (MemorySegment) argument;
    };
  }
}
