package dev.sardonyx.runtime.kernel;

import java.lang.reflect.InvocationTargetException;

/**
 * Whether the Vector API is there. It is an incubator module, which a program has only when it was
 * started with {@code --add-modules}; JDK then prints a warning. A main jar whose manifest says
 * {@code Add-Exports: java.base/jdk.internal.module}, as our own does, can load it afterwards and
 * without the warning. This is the one use of reflection in the product; docs/adr/0005 says why.
 */
final class VectorModule {
  static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Loads the module if this JVM can. Safe to call again. */
  static boolean isThere() {
    return ModuleLayer.boot().findModule(NAME).isPresent() || load();
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
