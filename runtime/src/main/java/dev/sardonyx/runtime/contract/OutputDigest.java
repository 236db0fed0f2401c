package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Tolerance;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An output in one line: of floats some numbers, because their bits differ between processors; of
 * anything else the bits' digest.
 *
 * @param type the type as a run gave it
 * @param text the digest; of floats {@link TensorNumbers}
 * @param numbers of floats
 */
record OutputDigest(String type, String text, Optional<TensorNumbers> numbers) {
  private static final Pattern LINE = Pattern.compile("(.*?): (\\S.*?)  (.*)");
  private static final int CHUNK = 1 << 20;
  private static final int DIGITS = 8;

  /** An output's name and the rest of its line. */
  record Named(String name, OutputDigest digest) {}

  static OutputDigest of(DenseTensor tensor) {
    if (tensor.dtype().isFloat()) {
      TensorNumbers numbers = TensorNumbers.of(tensor);
      return new OutputDigest(tensor.type().toString(), numbers.toString(), Optional.of(numbers));
    }
    return new OutputDigest(tensor.type().toString(), sha256(tensor), Optional.empty());
  }

  /** The first digits of the digest of all bits, of strings that of all characters. */
  static String sha256(DenseTensor tensor) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // every JVM has it
      throw new IllegalStateException(impossible);
    }
    if (tensor.dtype() == DType.STRING) {
      for (String word : tensor.strings()) {
        digest.update((word.length() + ":" + word).getBytes(StandardCharsets.UTF_8));
      }
    } else {
      MemorySegment data = tensor.segment();
      for (long at = 0; at < data.byteSize(); at += CHUNK) {
        digest.update(data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer());
      }
    }
    return "sha256 " + HexFormat.of().formatHex(digest.digest(), 0, DIGITS);
  }

  /** Reads a line of a golden file. Errors: FORMAT. */
  static Named parse(String line, Path file) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw GoldenFile.broken(file, "expected an output, found '" + line + "'");
    }
    String text = Objects.requireNonNull(parts.group(3));
    return new Named(
        Objects.requireNonNull(parts.group(1)),
        new OutputDigest(Objects.requireNonNull(parts.group(2)), text, TensorNumbers.parse(text)));
  }

  /** How another run's output differs from this one, if it does. */
  Optional<String> difference(OutputDigest now, Tolerance tolerance) {
    if (!type.equals(now.type)) {
      return Optional.of("it was " + type + ", is " + now.type);
    }
    if (numbers.isPresent() && now.numbers.isPresent()) {
      return numbers.get().difference(now.numbers.get(), tolerance);
    }
    return text.equals(now.text)
        ? Optional.empty()
        : Optional.of("it was " + text + ", is " + now.text);
  }

  @Override
  public String toString() {
    return type + "  " + text;
  }
}
