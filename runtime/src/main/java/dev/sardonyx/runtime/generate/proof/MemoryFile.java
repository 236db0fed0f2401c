package dev.sardonyx.runtime.generate.proof;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A file of a compilation that is kept in memory. */
final class MemoryFile extends SimpleJavaFileObject {
  private byte @Nullable [] content;

  private MemoryFile(String path, Kind kind) {
    super(URI.create("memory:///" + path), kind);
  }

  /** A source that is there. */
  static MemoryFile ofSource(String className, String text) {
    var file = new MemoryFile(path(className, Kind.SOURCE), Kind.SOURCE);
    file.content = text.getBytes(StandardCharsets.UTF_8);
    return file;
  }

  /** A file that will be written. */
  static MemoryFile empty(String path, Kind kind) {
    return new MemoryFile(path, kind);
  }

  /** Where a class's file of a kind stands. */
  static String path(String className, Kind kind) {
    return className.replace('.', '/') + kind.extension;
  }

  /** The content. Errors: NoSuchFileException where nothing has been written. */
  byte[] content() throws NoSuchFileException {
    byte[] bytes = content;
    if (bytes == null) {
      throw new NoSuchFileException(getName());
    }
    return bytes;
  }

  boolean isWritten() {
    return content != null;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
    return new String(content(), StandardCharsets.UTF_8);
  }

  @Override
  public InputStream openInputStream() throws IOException {
    return new ByteArrayInputStream(content());
  }

  @Override
  public OutputStream openOutputStream() {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        content = toByteArray();
      }
    };
  }
}
