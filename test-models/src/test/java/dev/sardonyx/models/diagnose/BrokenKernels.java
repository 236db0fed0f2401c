package dev.sardonyx.models.diagnose;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** The scalar kernels with one of them made wrong. */
final class BrokenKernels {
  private BrokenKernels() {}

  /** What is done in place of a kernel. */
  interface Fault {
    /**
     * Errs.
     *
     * @param arguments those of the call
     * @param sound does what is right
     */
    void run(Object[] arguments, Runnable sound);
  }

  /** Kernels of which one does what is right, and then something else. */
  static Kernels after(String kernel, Consumer<Object[]> fault) {
    return with(
        kernel,
        (arguments, sound) -> {
          sound.run();
          fault.accept(arguments);
        });
  }

  /** Kernels of which one errs; those that return something are sound. */
  static Kernels with(String kernel, Fault fault) {
    Kernels sound = Kernels.scalar();
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (_, method, arguments) -> {
              if (!method.getName().equals(kernel) || method.getReturnType() != void.class) {
                return invoke(sound, method, arguments);
              }
              fault.run(arguments, () -> invoke(sound, method, arguments));
              return null;
            });
  }

  private static Object invoke(Kernels sound, Method method, Object[] arguments) {
    try {
      return method.invoke(sound, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
