package dev.sardonyx.runtime.engine;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The scalar kernels with leases that are counted. A primitive without a lease is a failure. */
final class CountedKernels {
  private final Kernels scalar = Kernels.scalar();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** The set. */
  Kernels kernels() {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("lease")) {
                taken.incrementAndGet();
                return (Kernels.Lease) closed::incrementAndGet;
              }
              if (method.getReturnType() == void.class && open() < 1) {
                throw new AssertionError(method.getName() + " without a lease");
              }
              try {
                return method.invoke(scalar, arguments);
              } catch (InvocationTargetException error) {
                throw error.getCause();
              }
            });
  }

  /** The leases so far. */
  int taken() {
    return taken.get();
  }

  /** The leases that are not closed; negative where one was closed twice. */
  int open() {
    return taken.get() - closed.get();
  }
}
