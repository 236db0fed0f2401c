package dev.sardonyx.api.state;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The formats on the class path, and which of them a file is for. */
final class CheckpointFormats {
  private static final int HEAD = 4096;

  private CheckpointFormats() {}

  static List<CheckpointFormat> all() {
    List<CheckpointFormat> formats =
        ServiceLoader.load(CheckpointFormat.class, CheckpointFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (formats.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "no checkpoint format is on the class path; add dev.sardonyx:sardonyx-runtime");
    }
    return formats;
  }

  /** The format that recognises the contents; else, unless they tell what they are, the name's. */
  static CheckpointFormat forReading(Path file) {
    byte[] head = head(file);
    String name = String.valueOf(file.getFileName());
    List<CheckpointFormat> formats = all();
    return formats.stream()
        .filter(format -> format.recognises(name, head))
        .findFirst()
        .or(() -> FileKind.of(head).isPresent() ? Optional.empty() : byName(formats, name))
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.FORMAT,
                    "expected a checkpoint, found "
                        + FileKind.of(head).orElse("a file of an unknown format")
                        + "; known are "
                        + known(formats)));
  }

  static CheckpointFormat forWriting(Path file) {
    List<CheckpointFormat> formats = all();
    return byName(formats, String.valueOf(file.getFileName()))
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.UNSUPPORTED,
                    "the file's extension names no checkpoint format; known are "
                        + known(formats)));
  }

  /** By the longest extension, so that .safetensors.index.json is more than .json. */
  private static Optional<CheckpointFormat> byName(List<CheckpointFormat> formats, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return formats.stream()
        .filter(format -> longest(format, lower) > 0)
        .max(Comparator.comparing(format -> longest(format, lower)));
  }

  private static int longest(CheckpointFormat format, String name) {
    return format.extensions().stream()
        .filter(name::endsWith)
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  private static String known(List<CheckpointFormat> formats) {
    return formats.stream()
        .map(format -> format.name() + " (" + String.join(", ", format.extensions()) + ")")
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static byte[] head(Path file) {
    try {
      if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
        throw new SardonyxException(
            ErrorCode.FILE, "expected a regular file, found a device or pipe");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(HEAD);
      }
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
  }
}
