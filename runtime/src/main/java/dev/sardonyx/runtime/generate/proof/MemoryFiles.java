package dev.sardonyx.runtime.generate.proof;

import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** Keeps what a compilation writes in memory; reads the class path as ever. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private final Map<String, MemoryFile> written = new LinkedHashMap<>();

  MemoryFiles(JavaFileManager standard) {
    super(standard);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
    return file(MemoryFile.path(className, kind), kind);
  }

  @Override
  public FileObject getFileForOutput(
      Location location, String packageName, String relativeName, @Nullable FileObject sibling) {
    String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return file(folder + relativeName, JavaFileObject.Kind.OTHER);
  }

  private MemoryFile file(String path, JavaFileObject.Kind kind) {
    return written.computeIfAbsent(path, name -> MemoryFile.empty(name, kind));
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a.toUri().equals(b.toUri());
  }

  /** What has been written, by path. */
  Map<String, byte[]> outputs() {
    Map<String, byte[]> outputs = new LinkedHashMap<>();
    written.forEach(
        (path, file) -> {
          try {
            if (file.isWritten()) {
              outputs.put(path, file.content());
            }
          } catch (NoSuchFileException gone) {
            throw new AssertionError(gone);
          }
        });
    return outputs;
  }
}
