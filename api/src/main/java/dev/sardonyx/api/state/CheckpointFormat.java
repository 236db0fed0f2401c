package dev.sardonyx.api.state;

import java.nio.file.Path;
import java.util.List;

/**
 * A file format of named tensors; found by ServiceLoader. Every file is hostile until read:
 * whatever is in it, the outcome is a state dict or a SardonyxException that names the file.
 */
public interface CheckpointFormat {

  /** What people call it: {@code safetensors}. */
  String name();

  /** Endings of file names, each with its dot, the usual one first: {@code .pth}. */
  List<String> extensions();

  /**
   * Whether a file is of this format, judged by its contents.
   *
   * @param fileName the file's name, for formats whose contents alone do not tell
   * @param head the first bytes, at most 4096
   */
  boolean recognises(String fileName, byte[] head);

  /** Reads a file. Errors: FILE, FORMAT, UNSUPPORTED, LIMIT, NOT_FOUND for a key path. */
  StateDict read(Path file, ReadOptions options);

  /**
   * Writes a file, which is there whole or not at all; the same entries give the same bytes.
   * Errors: FILE, DTYPE for an element type that the format lacks, UNSUPPORTED.
   */
  void write(StateDict state, Path file, WriteOptions options);
}
