package dev.sardonyx.runtime.engine;

import dev.sardonyx.runtime.machine.Processor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the properties of this JVM ask for; a word that nobody knows is told and counts for nothing.
 *
 * @param kernels the word for sets
 * @param level the most that machine code may use, where it is not all
 * @param remarks what was not understood
 */
record KernelProperties(String kernels, Optional<Processor.Level> level, List<String> remarks) {
  private static final String MACHINE = "machine";
  private static final String SCALAR = "scalar";

  /** The words for sets, the first for all. */
  private static final List<String> SETS =
      List.of(MACHINE, "vector", SCALAR, "machine,vector", "machine,scalar");

  private static final class Current {
    static final KernelProperties READ = read();
  }

  /** Those of this process; what is wrong with them is told once. */
  static KernelProperties current() {
    return Current.READ;
  }

  private static KernelProperties read() {
    KernelProperties read =
        of(
            Optional.ofNullable(System.getProperty(KernelSelection.PROPERTY)),
            Optional.ofNullable(System.getProperty(KernelSelection.LEVEL_PROPERTY)));
    read.remarks()
        .forEach(
            remark -> System.getLogger("dev.sardonyx").log(System.Logger.Level.WARNING, remark));
    return read;
  }

  static KernelProperties of(Optional<String> kernels, Optional<String> machine) {
    List<String> remarks = new ArrayList<>();
    if (kernels.filter(word -> !SETS.contains(word)).isPresent()) {
      remarks.add(unknown(KernelSelection.PROPERTY, kernels.get(), SETS));
    }
    List<String> levels = Arrays.stream(Processor.Level.values()).map(Object::toString).toList();
    if (machine.filter(word -> !levels.contains(word)).isPresent()) {
      remarks.add(unknown(KernelSelection.LEVEL_PROPERTY, machine.get(), levels));
    }
    return new KernelProperties(
        kernels.filter(SETS::contains).orElse(MACHINE),
        Arrays.stream(Processor.Level.values())
            .filter(level -> machine.filter(level.toString()::equals).isPresent())
            .findFirst(),
        List.copyOf(remarks));
  }

  private static String unknown(String property, String word, List<String> words) {
    return "-D%s=%s is ignored: it takes one of %s"
        .formatted(property, word, String.join("; ", words));
  }

  /** Whether machine code may be taken. */
  boolean machine() {
    return kernels.startsWith(MACHINE);
  }

  /** Whether of the sets in Java only plain loops may be taken. */
  boolean scalar() {
    return kernels.endsWith(SCALAR);
  }

  /** A line for people with what was not understood. */
  String with(String reason) {
    return remarks.isEmpty() ? reason : reason + "; " + String.join("; ", remarks);
  }
}
