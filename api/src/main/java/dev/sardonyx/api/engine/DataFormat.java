package dev.sardonyx.api.engine;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.ValueType;
import java.nio.file.Path;

/** A file format of single values of a graph; found by ServiceLoader. */
public interface DataFormat {

  /** The file name extension with its dot: {@code .pb}. */
  String extension();

  /**
   * Reads a value of a declared type, which alone says what kind of value the file holds. Errors:
   * FILE, FORMAT for a file that is none of that type, UNSUPPORTED, LIMIT.
   */
  Data read(Path file, ValueType type);

  /** Writes a value; the same value gives the same bytes. Errors: FILE, LIMIT. */
  void write(Data data, Path file);
}
