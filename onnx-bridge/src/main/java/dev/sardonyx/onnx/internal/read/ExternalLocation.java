package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Locations of external data: plain files within the model's folder, reached without any link, so
 * that a model from a stranger gets at no file but its own.
 */
final class ExternalLocation {
  private final Path folder;

  ExternalLocation(Path folder) {
    this.folder = folder;
  }

  /** The file of a location. Errors: FORMAT for one that leads out of the folder, FILE. */
  Path resolve(String location) {
    Path relative = relative(location);
    Path path = folder;
    for (int i = 0; i < relative.getNameCount(); i++) {
      path = path.resolve(relative.getName(i));
      requirePlain(path, location, i == relative.getNameCount() - 1);
    }
    return path;
  }

  private static Path relative(String location) {
    if (location.isEmpty()) {
      throw new SardonyxException(ErrorCode.FORMAT, "external data has no location");
    }
    try {
      Path path = Path.of(location);
      boolean within = !path.isAbsolute() && location.indexOf('\\') < 0;
      for (Path name : path) {
        within &= !name.toString().equals("..");
      }
      if (within) {
        return path.normalize();
      }
    } catch (InvalidPathException error) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "external data's location is no path: " + error.getReason(), error);
    }
    throw new SardonyxException(
        ErrorCode.FORMAT,
        "external data must lie in the model's folder, found location '" + location + "'");
  }

  private static void requirePlain(Path path, String location, boolean last) {
    try {
      var attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean plain = last ? attributes.isRegularFile() : attributes.isDirectory();
      if (!plain || last && links(path) != 1) {
        throw new SardonyxException(
            ErrorCode.FORMAT,
            "external data must lie in a regular file of its own, reached by no link; found"
                + " location '"
                + location
                + "'");
      }
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.FILE,
          "there is no file for external data at location '" + location + "'",
          error);
    }
  }

  /** How many names the file has, where the file system tells. */
  private static int links(Path path) throws IOException {
    boolean tells = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    return tells ? (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) : 1;
  }
}
