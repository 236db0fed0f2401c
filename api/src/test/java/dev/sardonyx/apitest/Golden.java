package dev.sardonyx.apitest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Numbers that golden.py took from PyTorch; floats are written as their bits. */
public final class Golden {
  private Golden() {}

  /** The fields of each line of a file. */
  public static List<String[]> rows(String file) {
    return text(file).lines().map(line -> line.split(";")).toList();
  }

  /** A file's text. */
  public static String text(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The floats of a field. */
  public static float[] floats(String field) {
    String[] words = field.split(" ");
    float[] result = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      result[i] = Float.intBitsToFloat(HexFormat.fromHexDigits(words[i]));
    }
    return result;
  }

  /** The sizes of a field. */
  public static long[] sizes(String field) {
    return List.of(field.split(" ")).stream().mapToLong(Long::parseLong).toArray();
  }
}
