package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.VectorModule;
import dev.sardonyx.runtime.kernel.machine.MachineKernels;
import dev.sardonyx.runtime.machine.Processor;
import java.util.List;
import java.util.Optional;

/**
 * The kernel set for this process and why it was chosen.
 *
 * @param kernels the set
 * @param reason one line for people: which set, why, and what to do for a faster one
 */
public record KernelSelection(Kernels kernels, String reason) {

  /**
   * Set to {@code vector} or {@code scalar} it keeps faster sets from being loaded; {@code
   * machine,scalar} loads nothing between the two. Other words are told and ignored.
   */
  public static final String PROPERTY = "sardonyx.kernels";

  /**
   * Set to {@code AVX2} or {@code AVX-512} it keeps machine code from using more than that, where
   * there is more: the tiles of AMX are more than both.
   */
  public static final String LEVEL_PROPERTY = "sardonyx.machine";

  private static final System.Logger LOG = System.getLogger("dev.sardonyx");
  private static final String MACHINE = "machine";
  private static final String MODULE = VectorModule.NAME;

  /** Chosen once, so that a slow choice is told once. */
  private static final class Fastest {
    static final KernelSelection CHOSEN = told(choose());
  }

  /** Likewise. */
  private static final class Portable {
    static final KernelSelection CHOSEN = choosePortable();
  }

  /** The fastest set that this JVM and machine support; plain loops are never taken in silence. */
  public static KernelSelection fastest() {
    return Fastest.CHOSEN;
  }

  /**
   * The fastest set in Java alone. Single operators take it: code that is written for a session is
   * freed with it.
   */
  public static KernelSelection portable() {
    return Portable.CHOSEN;
  }

  /** The words by which sets can be asked for, the fastest first. */
  public static List<String> words() {
    return List.of(MACHINE, "vector", "scalar");
  }

  /** The word by which this set can be asked for. */
  public String word() {
    return kernels.name().split(" ")[0];
  }

  /** The set of a word. Errors: USAGE for no such word, ENGINE where this JVM does not have it. */
  public static KernelSelection of(String word) {
    if (!words().contains(word)) {
      throw new SardonyxException(
          ErrorCode.USAGE, "there are no kernels '" + word + "'; kernels: " + words());
    }
    if (word.equals("scalar")) {
      return new KernelSelection(Kernels.scalar(), "scalar kernels, as asked for");
    }
    KernelSelection best = word.equals(MACHINE) ? fastest() : portable();
    if (!best.word().equals(word)) {
      throw new SardonyxException(
          ErrorCode.ENGINE, "no " + word + " kernels here: " + best.reason());
    }
    return best;
  }

  private static KernelSelection choose() {
    if (!KernelProperties.current().machine()) {
      return portable();
    }
    Processor used = processor();
    Optional<String> lack = used.unavailable();
    if (lack.isPresent()) {
      KernelSelection next = portable();
      String why = "no machine code: " + lack.get();
      if (used.isRefused()) { // what can be changed is told, also where nobody asks
        String serves = "%s; %s kernels serve".formatted(why, next.kernels().name());
        LOG.log(System.Logger.Level.WARNING, serves);
      }
      return new KernelSelection(next.kernels(), next.reason() + "; " + why);
    }
    int width = MachineKernels.width(used.level());
    Kernels kernels = MachineKernels.of(used, () -> next(width));
    return new KernelSelection(
        kernels, kernels.name() + " kernels: machine code for this processor");
  }

  private static KernelSelection told(KernelSelection chosen) {
    return new KernelSelection(chosen.kernels(), KernelProperties.current().with(chosen.reason()));
  }

  /** The processor with what machine code may use of it, as {@link #LEVEL_PROPERTY} says. */
  public static Processor processor() {
    Processor processor = Processor.current();
    return KernelProperties.current()
        .level()
        .filter(_ -> processor.unavailable().isEmpty())
        .map(processor::at)
        .orElse(processor);
  }

  /** What serves where machine code does not. */
  private static Kernels next(int width) {
    Kernels portable = portable().kernels();
    return portable.panelWidth() == width ? portable : Kernels.scalar(width);
  }

  private static KernelSelection choosePortable() {
    if (KernelProperties.current().scalar()) {
      return new KernelSelection(
          Kernels.scalar(), "scalar kernels: -D" + PROPERTY + " asks for them");
    }
    if (!VectorModule.isThere()) {
      return scalar(
          "the module %s is not there; start java with --add-modules %s".formatted(MODULE, MODULE));
    }
    // Without C2 every vector operation is a call that allocates: far slower than plain loops.
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return scalar("this JVM runs without its optimising compiler (%s)".formatted(mode));
    }
    if (VectorModule.vectorBits() < 128) {
      return scalar("this JVM offers no vectors of 128 bits or more on this machine");
    }
    Kernels kernels = VectorModule.kernels();
    return new KernelSelection(
        kernels, kernels.name() + " kernels: the module " + MODULE + " is there");
  }

  private static KernelSelection scalar(String why) {
    String reason = "scalar kernels: " + why;
    LOG.log(System.Logger.Level.WARNING, reason);
    return new KernelSelection(Kernels.scalar(), reason);
  }
}
