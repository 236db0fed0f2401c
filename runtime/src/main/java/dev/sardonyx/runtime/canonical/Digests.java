package dev.sardonyx.runtime.canonical;

import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts and values, in hexadecimal. */
public final class Digests {
  private Digests() {}

  /** Of a tensor: its type and its elements. */
  public static String of(DenseTensor tensor) {
    MessageDigest digest = algorithm();
    update(digest, tensor);
    return hex(digest);
  }

  /** Of a value of any kind: its type and all that it holds. */
  public static String of(Data data) {
    MessageDigest digest = algorithm();
    update(digest, data);
    return hex(digest);
  }

  /** Of a text. */
  public static String text(String text) {
    MessageDigest digest = algorithm();
    update(digest, text);
    return hex(digest);
  }

  private static void update(MessageDigest digest, Data data) {
    switch (data) {
      case Tensor tensor -> update(digest, tensor.dense());
      case SequenceData sequence -> {
        update(digest, "%s of %d".formatted(sequence.type(), sequence.values().size()));
        sequence.values().forEach(value -> update(digest, value));
      }
      case OptionalData optional -> {
        update(digest, optional.type() + (optional.value().isPresent() ? " there" : " absent"));
        optional.value().ifPresent(value -> update(digest, value));
      }
      case MapData map -> {
        update(digest, map.type().toString());
        update(digest, map.keys());
        update(digest, map.values());
      }
    }
  }

  private static void update(MessageDigest digest, DenseTensor tensor) {
    update(digest, tensor.type().toString());
    if (tensor.dtype() == DType.STRING) {
      tensor.strings().forEach(element -> update(digest, element));
      return;
    }
    try {
      var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
      AtomicFile.copy(tensor.segment(), out);
    } catch (IOException impossible) { // nothing is written anywhere
      throw new AssertionError(impossible);
    }
  }

  /** Text with its length, so that two texts are not taken for two others. */
  static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new AssertionError(impossible);
    }
  }
}
