package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.text.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes every model into one folder, NAME.onnx each: all of them or, where one fails, none, so
 * that the files of a folder always come from one state of the classes. Each model starts from the
 * same seed, so no file depends on which others there are.
 */
final class ExportAll {
  private static final String EXTENSION = ".onnx";

  private final Invocation invocation;

  ExportAll(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Exports and prints; all failures are told. Errors: USAGE, FILE for the folder. */
  int run(List<String> names) {
    Path folder =
        FileNames.path(
            invocation
                .value("output")
                .orElseThrow(
                    () ->
                        new SardonyxException(
                            ErrorCode.USAGE,
                            "export --all wants -o DIR, the folder to write to, such as"
                                + " target/onnx")));
    if (folder.toString().endsWith(EXTENSION)) {
      throw new SardonyxException(
          ErrorCode.USAGE, "-o of export --all is a folder, found the name of a file: " + folder);
    }
    invocation.targets().format(folder.resolve(EXTENSION)); // or each model would fail without it
    List<ExportCommand.Written> written = new ArrayList<>();
    Map<String, SardonyxException> failed = new LinkedHashMap<>();
    Path staged = staged(folder);
    try {
      for (String name : names) {
        invocation.console().progress("exporting " + name + " ...");
        try {
          Target target = invocation.targets().find(name, invocation.seed());
          String file = name + EXTENSION;
          written.add(ExportCommand.write(invocation, target, staged.resolve(file)).in(folder));
        } catch (SardonyxException error) {
          failed.put(name, error);
        }
      }
      invocation.console().progressDone();
      if (failed.isEmpty()) {
        moveAll(staged, folder);
      }
    } finally {
      delete(staged);
    }
    print(folder, failed.isEmpty() ? written : List.of(), failed);
    return failed.isEmpty() ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }

  /** A folder in the folder, so that its files can be moved in one step each. */
  private static Path staged(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.createTempDirectory(folder, ".export");
    } catch (IOException error) {
      throw FileErrors.unwritable(folder, error);
    }
  }

  private static void moveAll(Path from, Path to) {
    for (Path file : files(from)) {
      Path target = to.resolve(file.getFileName());
      try {
        Files.move(
            file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException error) {
        throw FileErrors.unwritable(target, error);
      }
    }
  }

  private static void delete(Path staged) {
    try {
      for (Path file : files(staged)) {
        Files.delete(file);
      }
      Files.delete(staged);
    } catch (IOException error) {
      throw FileErrors.unwritable(staged, error);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException error) {
      throw FileErrors.unreadable(folder, error);
    }
  }

  private void print(
      Path folder, List<ExportCommand.Written> written, Map<String, SardonyxException> failed) {
    Console console = invocation.console();
    var table = new Table("model", "file", "bytes", "nodes", "weights");
    for (ExportCommand.Written one : written) {
      if (invocation.json()) {
        console.out().println(one.json());
      }
      table.row(
          one.model(),
          one.file().getFileName(),
          "%,d".formatted(one.bytes()),
          one.nodes(),
          one.initializers());
    }
    failed.forEach(
        (name, error) -> {
          String place = error.place().map(where -> ", at " + where).orElse("");
          console
              .err()
              .printf(
                  "sardonyx: %s: [%s] %s%s%n", name, error.code().text(), error.reason(), place);
          if (invocation.json()) {
            Json line = Json.object().put("model", name).put("error", error.code().text());
            line.put("reason", error.reason()).put("place", error.place().orElse(null));
            console.out().println(line);
          }
        });
    int models = written.size() + failed.size();
    if (invocation.json()) {
      console
          .out()
          .println(
              Json.object()
                  .put("summary", true)
                  .put("models", models)
                  .put("failed", failed.size())
                  .put("verdict", failed.isEmpty() ? "pass" : "fail"));
    } else if (failed.isEmpty()) {
      console.out().print(table);
      console
          .out()
          .printf("%n%d %s exported to %s%n", models, models == 1 ? "model" : "models", folder);
    } else {
      console.err().printf("sardonyx: nothing is written to %s%n", folder);
    }
  }
}
