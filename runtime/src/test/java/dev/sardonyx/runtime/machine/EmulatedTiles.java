package dev.sardonyx.runtime.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM that has the tiles of AMX: those of the processor, or where it has none those of {@code
 * src/test/c/amx-emulator.c}, which takes gcc.
 */
public final class EmulatedTiles {
  private static final Path SOURCE = Path.of("src", "test", "c", "amx-emulator.c");

  /** How a program ended, and all that it printed. */
  public record Ended(int status, String output) {}

  private EmulatedTiles() {}

  /**
   * Runs a class with a main method; the test is skipped where there can be no tiles. The program
   * must ask for {@link Processor#current} first: that asks the system for tiles that there are.
   *
   * @param folder where the emulator is put
   */
  public static Ended run(Path folder, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Processor processor = Processor.current();
    assumeTrue(processor.unavailable().isEmpty(), () -> processor.unavailable().orElseThrow());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash"));
    command.add("-XX:ErrorFile=" + folder.resolve("error.log"));
    command.addAll(List.of("-cp", classPath(program), program.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    if (!processor.has(Feature.AMX_TILE)) {
      builder.environment().put("LD_PRELOAD", compiled(folder).toString());
    }
    return run(folder, builder);
  }

  /** The processor that such a JVM has: this one, with tiles. */
  public static Processor processor() {
    Processor here = Processor.current();
    Set<Feature> features = EnumSet.of(Feature.AMX_TILE, Feature.AMX_BF16, Feature.AMX_INT8);
    features.addAll(here.features());
    return new Processor(
        here.name(), here.caches(), features, features, List.of(), here.unavailable());
  }

  private static String classPath(Class<?> program) {
    return Stream.of(Processor.class, EmulatedTiles.class, program)
            .map(c -> Path.of(c.getProtectionDomain().getCodeSource().getLocation().getPath()))
            .distinct()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator))
        + File.pathSeparator
        + System.getProperty("java.class.path");
  }

  private static Path compiled(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("libamx.so");
    if (Files.exists(library)) {
      return library;
    }
    var builder =
        new ProcessBuilder(
            "gcc",
            "-std=gnu11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-O3",
            "-mavx2",
            "-mfma",
            "-ffp-contract=off",
            "-shared",
            "-fPIC",
            "-o",
            library.toString(),
            SOURCE.toString(),
            "-ldl");
    Ended ended;
    try {
      ended = run(folder, builder);
    } catch (IOException e) {
      assumeTrue(false, "no tiles, and no gcc to compile an emulator of them: " + e.getMessage());
      throw e;
    }
    assertEquals(0, ended.status(), ended.output());
    return library;
  }

  private static Ended run(Path folder, ProcessBuilder builder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    int status =
        builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    return new Ended(status, Files.readString(output));
  }
}
