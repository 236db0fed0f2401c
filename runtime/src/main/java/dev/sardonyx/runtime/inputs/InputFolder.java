package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of inputs: a file for each, by its name as {@code x.npy}, or by its place as {@code
 * input_0.pb}, which is how ONNX's test data lies. A folder without such files may hold folders
 * with them, each a set of its own.
 */
public final class InputFolder {
  private static final int MOST = 100_000;

  private InputFolder() {}

  /** The folder itself, or those in it that hold files of values, by number. Errors: FILE. */
  public static List<Path> sets(Path folder) {
    if (!values(folder).isEmpty()) {
      return List.of(folder);
    }
    List<Path> sets =
        children(folder).stream()
            .filter(Files::isDirectory)
            .filter(set -> !values(set).isEmpty())
            .sorted(
                Comparator.comparingInt((Path set) -> set.toString().length())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (sets.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "folder %s has no inputs: expected NAME.npy or input_0.pb there or in its folders; files end in %s"
              .formatted(folder, String.join(" ", InputWord.EXTENSIONS)));
    }
    return sets;
  }

  /** The file of each input that has one. Errors: FILE; INPUT where one has two. */
  static Map<String, Path> files(Path folder, List<Value> inputs) {
    List<Path> all = values(folder);
    Map<String, Path> files = new LinkedHashMap<>();
    for (int place = 0; place < inputs.size(); place++) {
      String name = inputs.get(place).name();
      String numbered = "input_" + place;
      for (Path file : all) {
        String stem = stem(file);
        if (stem.equals(name) || stem.equals(numbered)) {
          Path other = files.put(name, file);
          if (other != null) {
            throw new SardonyxException(
                ErrorCode.INPUT,
                "input '%s' has two files, %s and %s: say one by -i %s=FILE"
                    .formatted(name, other, file, name));
          }
        }
      }
    }
    return files;
  }

  /** What is there, for messages. */
  static String listed(Path folder) {
    List<String> names = new ArrayList<>();
    values(folder).forEach(file -> names.add(String.valueOf(file.getFileName())));
    return Excerpt.of(names.toString());
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - InputFiles.ending(file).length());
  }

  private static List<Path> values(Path folder) {
    return children(folder).stream()
        .filter(file -> !InputFiles.ending(file).isEmpty() && Files.isRegularFile(file))
        .toList();
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.limit(MOST).sorted().toList();
    } catch (IOException error) {
      throw FileErrors.unreadable(folder, error);
    }
  }
}
