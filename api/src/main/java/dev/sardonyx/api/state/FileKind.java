package dev.sardonyx.api.state;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a file is that is often found where a checkpoint should be. */
public final class FileKind {
  private FileKind() {}

  /** In words, where the first bytes tell. */
  public static Optional<String> of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    if (head.length == 0) {
      return Optional.of("an empty file");
    }
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of("a Git LFS pointer (run git lfs pull to get the file itself)");
    }
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return Optional.of("an HTML page, as a failed download leaves it");
    }
    if (start.startsWith("<?xml") || start.startsWith("<error")) {
      return Optional.of("an XML page, as a failed download leaves it");
    }
    if (text.startsWith("\u0089HDF\r\n")) {
      return Optional.of("an HDF5 file (Keras .h5): save its weights as .npz or .safetensors");
    }
    if (text.startsWith("\u0093NUMPY")) {
      return Optional.of("a .npy file, one array without a name: an .npz file holds named ones");
    }
    if (text.startsWith("\u001f\u008b")) {
      return Optional.of("a gzip file: unpack it first");
    }
    if (text.startsWith("ustar", 257)) {
      return Optional.of("a tar file (before PyTorch 0.1.10, or an archive to unpack first)");
    }
    return isText(head) ? Optional.of("a text file") : Optional.empty();
  }

  /** Characters of UTF-8 without controls; short files may be the start of a length. */
  private static boolean isText(byte[] head) {
    if (head.length < 16) {
      return false;
    }
    CharBuffer characters = CharBuffer.allocate(head.length);
    StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(head), characters, false); // the last character may be cut
    characters.flip();
    return characters.length() >= head.length / 4
        && characters.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
  }
}
