package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds cases: folders with a model and sets of inputs, also one level deeper. */
public final class DataSets {
  private static final String SET = "test_data_set_";

  private DataSets() {}

  /**
   * The data sets of a folder of cases, by name. Errors: FILE when it cannot be read, USAGE where
   * there is no case or no case of that name.
   *
   * @param only a glob for the names of cases, with or without their group
   */
  public static List<DataSet> in(Path folder, String only) {
    PathMatcher matcher = matcher(only);
    List<DataSet> result = new ArrayList<>();
    for (Path child : folders(folder)) {
      if (Files.exists(child.resolve("model.onnx"))) {
        result.addAll(sets("", child, matcher));
      } else {
        for (Path grandchild : folders(child)) {
          if (Files.exists(grandchild.resolve("model.onnx"))) {
            result.addAll(sets(child.getFileName().toString(), grandchild, matcher));
          }
        }
      }
    }
    if (result.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "no case "
              + only
              + " in "
              + folder
              + ": expected NAME/model.onnx beside NAME/"
              + SET
              + "0");
    }
    return result;
  }

  private static PathMatcher matcher(String only) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + only);
    } catch (PatternSyntaxException wrong) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--only wants a glob such as test_conv*: " + wrong.getDescription(),
          wrong);
    }
  }

  private static List<DataSet> sets(String group, Path folder, PathMatcher only) {
    String file = folder.getFileName().toString();
    String name = group.isEmpty() ? file : group + "/" + file;
    if (!only.matches(Path.of(name)) && !only.matches(Path.of(file))) {
      return List.of();
    }
    return folders(folder).stream()
        .map(set -> set.getFileName().toString())
        .filter(set -> set.startsWith(SET))
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .map(set -> new DataSet(group, name, set, folder))
        .toList();
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException error) {
      throw FileErrors.unreadable(folder, error);
    }
  }
}
