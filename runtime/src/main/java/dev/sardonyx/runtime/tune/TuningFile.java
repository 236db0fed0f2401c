package dev.sardonyx.runtime.tune;

import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What was measured under one setting, as text: the setting, then a line for each node's shape. It
 * may be lost at any time, so nothing that is wrong with it is an error: it is told, and made anew.
 * Processes may write at once; each writes all it knows in one go.
 */
public final class TuningFile {
  private static final System.Logger LOG = System.getLogger("dev.sardonyx");
  private static final String TITLE = "sardonyx tuning 1";
  private static final String IS = " = ";
  private static final String UNIT = "ns";
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_LINES = 4000;
  private static final int LONGEST_LINE = 600;
  private static final int DIGITS = 13;

  /**
   * What costs depend on besides the node.
   *
   * @param version of this library
   * @param processor what it calls itself
   * @param kernels the name of the set
   */
  public record Setting(String version, String processor, String kernels, int threads) {
    private List<String> lines() {
      return List.of(
          TITLE,
          "version " + plain(version),
          "processor " + plain(processor),
          "kernels " + plain(kernels),
          "threads " + threads);
    }

    private static String plain(String text) {
      return text.replaceAll("[^ -~]", "?");
    }
  }

  private final Path folder;
  private final Path path;
  private final List<String> head;

  /** The file of a setting in a folder, neither of which has to be there. */
  public TuningFile(Path folder, Setting setting) {
    this.folder = folder;
    head = setting.lines();
    path = folder.resolve("tuning-%s.txt".formatted(digest(String.join("\n", head))));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException impossible) { // every JVM has it
      throw new IllegalStateException(impossible);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The costs by the shape of a node; nothing where there is no file, or none that is right. */
  public Map<String, Map<Way, Double>> read() {
    return read(why -> warn("it is made anew", why));
  }

  private Map<String, Map<Way, Double>> read(Consumer<String> damage) {
    if (!Files.exists(path)) {
      return Map.of();
    }
    try {
      return parsed(text());
    } catch (IOException | IllegalArgumentException wrong) {
      damage.accept(String.valueOf(wrong.getMessage()));
      return Map.of();
    }
  }

  private String text() throws IOException {
    if (!Files.isRegularFile(path)) { // a pipe would never end
      throw new IOException("it is no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it has more than %d bytes".formatted(MOST_BYTES));
      }
      return new String(bytes, StandardCharsets.US_ASCII);
    }
  }

  private Map<String, Map<Way, Double>> parsed(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() > MOST_LINES + head.size()) {
      throw new IllegalArgumentException("it has more than %d lines".formatted(MOST_LINES));
    }
    if (lines.size() < head.size() || !lines.subList(0, head.size()).equals(head)) {
      throw new IllegalArgumentException("it does not begin with " + head);
    }
    Map<String, Map<Way, Double>> all = new LinkedHashMap<>();
    for (int i = head.size(); i < lines.size(); i++) {
      String line = lines.get(i);
      int at = line.indexOf(IS);
      Optional<Map<Way, Double>> costs =
          at < 1 || line.length() > LONGEST_LINE
              ? Optional.empty()
              : costs(line.substring(at + IS.length()));
      if (costs.isEmpty()) {
        throw new IllegalArgumentException("line %d is damaged".formatted(i + 1));
      }
      all.put(line.substring(0, at), costs.get());
    }
    return all;
  }

  private static Optional<Map<Way, Double>> costs(String text) {
    var costs = new EnumMap<Way, Double>(Way.class);
    for (String part : text.split(", ", Way.values().length + 1)) {
      String[] words = part.split(" ", 3);
      Optional<Way> way = Way.of(words[0]);
      boolean number =
          words.length == 3
              && words[2].equals(UNIT)
              && words[1].matches("[1-9][0-9]{0," + (DIGITS - 1) + "}");
      if (way.isEmpty() || !number || costs.containsKey(way.get())) {
        return Optional.empty();
      }
      costs.put(way.get(), Double.parseDouble(words[1]));
    }
    return Optional.of(costs);
  }

  /** Adds costs to those that are there, and makes the folder where it is not there. */
  public void add(Map<String, Map<Way, Double>> costs) {
    Map<String, Map<Way, Double>> all = new TreeMap<>(costs);
    read(_ -> {}) // who has measured has been told
        .forEach(
            (subject, known) -> {
              if (all.size() < MOST_LINES) {
                all.putIfAbsent(subject, known);
              }
            });
    String text =
        String.join("\n", head)
            + all.entrySet().stream()
                .map(entry -> "\n" + entry.getKey() + IS + text(entry.getValue()))
                .collect(Collectors.joining("", "", "\n"));
    try {
      Files.createDirectories(folder);
      AtomicFile.write(path, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException wrong) {
      notKept(FileErrors.unwritable(folder, wrong));
    } catch (SardonyxException wrong) {
      notKept(wrong);
    }
  }

  private static String text(Map<Way, Double> costs) {
    return new EnumMap<>(costs)
        .entrySet().stream()
            .map(cost -> cost.getKey().word() + " " + Math.round(cost.getValue()) + " " + UNIT)
            .collect(Collectors.joining(", "));
  }

  private void notKept(SardonyxException wrong) {
    warn("what was measured is not kept; -Dsardonyx.cache names another folder", wrong.reason());
  }

  private void warn(String what, String why) {
    LOG.log(System.Logger.Level.WARNING, "tuning file " + path + ": " + what + ": " + why);
  }
}
