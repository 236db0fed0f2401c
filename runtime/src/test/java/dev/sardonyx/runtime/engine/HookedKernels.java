package dev.sardonyx.runtime.engine;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The scalar kernels or others, with something that happens before each call of one primitive. */
final class HookedKernels {
  private HookedKernels() {}

  static Kernels before(String primitive, Runnable hook) {
    return before(Kernels.scalar(), primitive, hook);
  }

  static Kernels before(Kernels kernels, String primitive, Runnable hook) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(primitive)) {
                hook.run();
              }
              try {
                return method.invoke(kernels, arguments);
              } catch (InvocationTargetException error) {
                throw error.getCause();
              }
            });
  }
}
