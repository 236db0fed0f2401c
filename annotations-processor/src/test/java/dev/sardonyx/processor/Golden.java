package dev.sardonyx.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/**
 * The golden files. What is expected is compared as text; what was found is left in target/golden,
 * to be looked at and, if it is right, copied.
 */
final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final Path FOUND = Path.of("target/golden");

  private Golden() {}

  static Stream<String> names(String folder) throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      names =
          files.map(file -> file.getFileName().toString().replace(".java", "")).sorted().toList();
    }
    return names.stream();
  }

  static Compilation compile(String folder, String name, String... options) {
    try {
      return javac()
          .withOptions((Object[]) options)
          .withProcessors(new SardonyxProcessor())
          .compile(source(folder, name), source("library", "LibraryModule"));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static JavaFileObject source(String folder, String name) throws IOException {
    Path file = ROOT.resolve(folder).resolve(name + ".java");
    return JavaFileObjects.forResource(file.toUri().toURL());
  }

  static void assertExpected(String file, String found) throws IOException {
    Files.createDirectories(FOUND);
    Files.writeString(FOUND.resolve(file), found);
    Path expected = ROOT.resolve("expected").resolve(file);
    assertThat(expected).exists();
    assertThat(found).isEqualTo(Files.readString(expected));
  }
}
