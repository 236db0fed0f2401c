package dev.sardonyx.api.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file could not be read or written, in words that say what to do. */
public final class FileErrors {
  private FileErrors() {}

  /** The error for a file that could not be read. */
  public static SardonyxException unreadable(Path file, IOException cause) {
    String reason =
        switch (cause) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "reading it is not permitted";
          default -> Files.isDirectory(file) ? "it is a folder, not a file" : cause.getMessage();
        };
    return new SardonyxException(ErrorCode.FILE, "cannot read: " + reason, cause)
        .in(file.toString());
  }

  /** The error for a file that could not be written. */
  public static SardonyxException unwritable(Path file, IOException cause) {
    Path folder = file.toAbsolutePath().getParent();
    String reason =
        switch (cause) {
          case NoSuchFileException _ when folder != null && Files.isDirectory(folder) ->
              "the folder " + folder + " takes no files of that name";
          case NoSuchFileException _ -> "the folder " + folder + " does not exist";
          case AccessDeniedException _ -> "writing to it is not permitted";
          case FileAlreadyExistsException _ -> "it is there and not a folder";
          default -> Files.isDirectory(file) ? "it is a folder, not a file" : cause.getMessage();
        };
    return new SardonyxException(ErrorCode.FILE, "cannot write: " + reason, cause)
        .in(file.toString());
  }
}
