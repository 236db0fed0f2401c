package dev.sardonyx.runtime.kernel;

import java.lang.reflect.InvocationTargetException;

/**
 * Whether the Vector API is there. It is an incubator module, which a program has only when it was
 * started with {@code --add-modules}; JDK then prints a warning. A main jar whose manifest says
 * {@code Add-Exports: java.base/jdk.internal.module}, as our own does, can load it afterwards and
 * without the warning. This is the one use of reflection in the product; docs/adr/0005 says why.
 *
 * <p>It is also the door to the set that needs the module: this class loads without it.
 */
public final class VectorModule {
  /** The name of the module. */
  public static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Loads the module if this JVM can. Safe to call again. */
  public static boolean isThere() {
    return ModuleLayer.boot().findModule(NAME).isPresent() || load();
  }

  /** Bits in a vector of this JVM on this machine. To be asked once the module is there. */
  public static int vectorBits() {
    return VectorKernels.vectorBits();
  }

  /** A new vector set, with warm-ups of its own. To be made once the module is there. */
  public static Kernels kernels() {
    return VectorKernels.create();
  }

  private static boolean load() {
    try {
      Class<?> modules = Class.forName("jdk.internal.module.Modules");
      modules.getMethod("loadModule", String.class).invoke(null, NAME);
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException notHere) {
      return false; // no such main jar, or another JDK: the caller says what to do
    }
  }
}
