package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.engine.KernelSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/**
 * Makes the JVM's ahead-of-time cache of this command by a training run in a JVM of its own.
 * Source: JEP 483, 514 and 515.
 */
final class AotCacheCommand implements Command {
  private static final int MOST_MODELS = 100;

  @Override
  public String name() {
    return "aot-cache";
  }

  @Override
  public String arguments() {
    return "[MODEL ...]";
  }

  @Override
  public String summary() {
    return "make the JVM's ahead-of-time cache, with which this command starts faster";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommonOptions.values(
                "o", "output", "FILE", "default sardonyx.aot beside the command's jar"))
        .addOption(
            CommonOptions.flag(
                "train", "only run what the cache is made from, in this process; writes nothing"));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, MOST_MODELS);
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.has("train")) {
      return Training.run(invocation);
    }
    Path jar = ownJar();
    Path output =
        invocation
            .value("output")
            .map(FileNames::path)
            .orElseGet(() -> jar.resolveSibling("sardonyx.aot"));
    invocation.console().progress("training ...");
    write(command(jar, invocation.arguments(), temporary(output)), output);
    invocation.console().progressDone();
    if (invocation.json()) {
      invocation.console().out().println(Json.object().put("file", output));
    } else {
      invocation.console().out().println("wrote " + output);
    }
    return CommandLineTool.SUCCESS;
  }

  /** Of this process alone: two may make the cache at once. */
  private static Path temporary(Path output) {
    String own = "." + ProcessHandle.current().pid() + ".new";
    return output.resolveSibling(output.getFileName() + own);
  }

  /** The cache belongs to one class path, so that the command must come from its jar. */
  private static Path ownJar() {
    String classPath = System.getProperty("java.class.path");
    Path jar = FileNames.path(classPath);
    if (!classPath.endsWith(".jar") || !Files.isRegularFile(jar)) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "aot-cache makes the cache of the command's jar, but this runs from the class path "
              + classPath);
    }
    return jar;
  }

  /**
   * Machine code and plain loops, because classes of a module that is loaded after start, as our
   * jar does with the Vector API, cannot be in a cache.
   */
  private static List<String> command(Path jar, List<String> models, Path output) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-D" + KernelSelection.PROPERTY + "=machine,scalar");
    words.add("-XX:AOTCacheOutput=" + output);
    words.add("-XX:+UseSerialGC"); // as the launcher: a cache has a heap of its collector's kind
    words.addAll(List.of("-jar", jar.toString(), "aot-cache", "--train"));
    words.addAll(models);
    return words;
  }

  /** Runs a JVM that writes the cache, which then takes the place of an older one. */
  private static void write(List<String> command, Path output) {
    Path written = temporary(output);
    written.toFile().deleteOnExit(); // where the JVM makes half of one
    try {
      Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        var said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jvm.waitFor() != 0 || !Files.exists(written)) {
          throw new SardonyxException(ErrorCode.FILE, "the JVM made no cache: " + said.strip())
              .in(output.toString());
        }
      } finally {
        jvm.destroy();
      }
      Files.move(written, output, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new SardonyxException(ErrorCode.FILE, "no cache: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new SardonyxException(ErrorCode.INTERRUPTED, "aot-cache was interrupted", interrupt);
    }
  }
}
