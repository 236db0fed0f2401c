package dev.sardonyx.runtime.engine;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.tune.Tuner;
import dev.sardonyx.runtime.tune.TuningFile;
import java.nio.file.Path;
import java.util.Optional;

/** What sessions that measure are given. */
final class Tuning {
  private Tuning() {}

  /** The tuner of a session on a set of kernels, with its file in a folder. */
  static Tuner tuner(Path folder, Kernels kernels, int threads) {
    return new Tuner(file(folder, kernels, threads), kernels.name().startsWith("machine"));
  }

  /** The file of such sessions in a folder. */
  static TuningFile file(Path folder, Kernels kernels, int threads) {
    String version =
        Optional.ofNullable(Tuning.class.getPackage().getImplementationVersion())
            .orElse("(development)");
    Processor processor = Processor.current();
    String name = processor.name().isEmpty() ? System.getProperty("os.arch") : processor.name();
    return new TuningFile(
        folder,
        new TuningFile.Setting(version, name + "; " + processor.caches(), kernels.name(), threads));
  }
}
