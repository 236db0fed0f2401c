package dev.sardonyx.processor.weights;

import dev.sardonyx.api.checkpoint.CheckpointTypes;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.processor.check.Problems.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the files of weights lie, as an option of the compiler says. */
public final class WeightsFolder {
  /** The option's name. */
  public static final String OPTION = "sardonyx.weights";

  private static final int MOST_NAMES = 1000;

  private final Optional<String> folder;

  private WeightsFolder(Optional<String> folder) {
    this.folder = folder;
  }

  /** The folder that the compiler's options name, or none. */
  public static WeightsFolder of(Map<String, String> options) {
    return new WeightsFolder(
        Optional.ofNullable(options.get(OPTION)).filter(text -> !text.isBlank()));
  }

  /** What became of a name: a file, or why there is none. */
  sealed interface Place {
    record Found(Path file) implements Place {}

    record Refused(Message why) implements Place {}
  }

  Place place(String name) {
    try {
      return place(name, Path.of(name), Path.of(folder.orElse("")));
    } catch (InvalidPathException error) {
      return refused(
          Excerpt.of(name) + " cannot be looked for",
          "a path of this system in @Weights and in -A" + OPTION,
          "'" + Excerpt.of(error.getInput()) + "', " + error.getReason(),
          "correct it");
    }
  }

  private Place place(String name, Path relative, Path given) {
    Path root = given.toAbsolutePath().normalize();
    Path file = root.resolve(relative).normalize();
    if (CheckpointTypes.EXTENSIONS.stream().noneMatch(name::endsWith)) {
      return otherFormat(name);
    }
    if (relative.getRoot() != null || !file.startsWith(root)) {
      return refused(
          name + " is not within the folder of weights",
          "a path relative to the folder that -A" + OPTION + " names, and within it",
          relative.getRoot() != null ? "one that begins at the root" : "one that leads out of it",
          "write the part after the folder, or let the option name a folder that holds the file");
    }
    if (folder.isEmpty()) {
      return refused(
          name + " cannot be looked for",
          "the folder of weights as the compiler's option -A" + OPTION + "=DIR",
          "no such option",
          "add it to the compiler's arguments, with Maven as <compilerArgs><arg>-A"
              + OPTION
              + "=${project.basedir}/weights</arg></compilerArgs>");
    }
    return Files.exists(file) ? new Place.Found(file) : absent(name, file, root);
  }

  private static Place otherFormat(String name) {
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    String converted = stem + CheckpointTypes.EXTENSIONS.getFirst();
    return refused(
        name + " cannot be read at compile time",
        "a name that ends in " + String.join(" or ", CheckpointTypes.EXTENSIONS),
        "another format",
        "convert it: ./sardonyx convert " + name + " " + converted);
  }

  private static Place absent(String name, Path file, Path root) {
    if (!Files.isDirectory(root)) {
      return refused(
          name + " is not there",
          "a folder " + root,
          "none",
          "let -A" + OPTION + " name the folder of weights, best by an absolute path");
    }
    return refused(
        name + " is not there",
        "a file " + file,
        "none" + NearestNames.hint(String.valueOf(file.getFileName()), beside(file)),
        "put it there, or let -A" + OPTION + " name the folder that holds it");
  }

  private static List<String> beside(Path file) {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .limit(MOST_NAMES)
          .map(one -> String.valueOf(one.getFileName()))
          .filter(one -> CheckpointTypes.EXTENSIONS.stream().anyMatch(one::endsWith))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Place refused(String what, String expected, String found, String fix) {
    return new Place.Refused(new Message(what, expected, found, fix));
  }
}
