package dev.sardonyx.runtime.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Processes that run this very program. */
final class Jvm {
  private Jvm() {}

  /**
   * A process of this JVM, its flags, class path and these words; what it says on errors is lost.
   */
  static ProcessBuilder command(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String classPath = System.getProperty("java.class.path");
    // Only a main jar's manifest may open the module of the Vector API: docs/adr/0005.
    boolean mainJar = classPath.endsWith(".jar") && !classPath.contains(java.io.File.pathSeparator);
    command.addAll(
        mainJar ? List.of("-jar", classPath) : List.of("-cp", classPath, Main.class.getName()));
    command.addAll(words);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
