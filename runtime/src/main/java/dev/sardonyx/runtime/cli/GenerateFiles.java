package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.SourceVersion;

/**
 * Where generated files go.
 *
 * @param folder of the sources, above the package's
 * @param weights the file of the weights
 */
record GenerateFiles(String packageName, String className, Path folder, Path weights) {
  private static final List<String> NEEDED = List.of("package", "class", "output");

  /** What a class may not be named although it is an identifier. Source: JLS 3.9. */
  private static final List<String> RESTRICTED =
      List.of("permits", "record", "sealed", "var", "yield");

  /** Packages whose simple names sources use. */
  private static final List<String> OWN_PACKAGES =
      List.of("dev.sardonyx.api.nn", "dev.sardonyx.api.tensor", "dev.sardonyx.api.type");

  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  /** What the options say. Errors: USAGE, naming all that are missing or wrong. */
  static GenerateFiles of(Invocation invocation) {
    List<String> missing =
        NEEDED.stream().filter(name -> !invocation.has(name)).map(name -> "--" + name).toList();
    if (!missing.isEmpty()) {
      throw usage("generate wants " + String.join(", ", missing) + " besides the .onnx file");
    }
    String packageName = invocation.value("package").orElseThrow();
    String className = invocation.value("class").orElseThrow();
    List<String> wrong = new ArrayList<>();
    checkPackage(packageName, wrong);
    checkClass(className, wrong);
    if (!wrong.isEmpty()) {
      throw usage(String.join("; ", wrong));
    }
    Path folder = FileNames.path(invocation.value("output").orElseThrow());
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw usage(
          "--output must be a folder of sources such as src/main/java, found file " + folder);
    }
    Path weights =
        invocation
            .value("weights")
            .map(FileNames::path)
            .orElseGet(() -> weights(folder, packageName, className));
    return new GenerateFiles(packageName, className, folder, weights);
  }

  private static void checkPackage(String name, List<String> wrong) {
    if (!SourceVersion.isName(name)) {
      wrong.add(
          "--package must be a name such as com.acme, without Java's keywords, found " + name);
    } else if (name.equals("java") || name.startsWith("java.")) {
      wrong.add("--package must not be one of Java's own, found " + name);
    }
  }

  private static void checkClass(String name, List<String> wrong) {
    if (!SourceVersion.isIdentifier(name)
        || SourceVersion.isKeyword(name)
        || RESTRICTED.contains(name)) {
      wrong.add("--class must be a class name such as Classifier, found " + name);
      return;
    }
    List<String> packages = new ArrayList<>(OWN_PACKAGES);
    packages.add("java.lang");
    for (String other : packages) {
      String resource = other.replace('.', '/') + "/" + name + ".class";
      if (ClassLoader.getSystemResource(resource) != null) {
        wrong.add(
            "--class must not be a name that the sources use, found %s, which is %s.%s"
                .formatted(name, other, name));
      }
    }
  }

  /** Among the resources that belong to a source folder as Maven has it, else beside the source. */
  private static Path weights(Path folder, String packageName, String className) {
    boolean maven = folder.endsWith(MAIN) || folder.endsWith(TEST);
    Path above = maven ? folder.resolveSibling("resources") : folder;
    return above.resolve(packageName.replace('.', '/')).resolve(className + ".safetensors");
  }

  /** The file of a class. */
  Path source(String qualifiedName) {
    return folder.resolve(qualifiedName.replace('.', '/') + ".java");
  }

  /** Refuses to write over files. Errors: FILE, naming all that are there. */
  void requireNone(Iterable<String> classes) {
    List<Path> there = new ArrayList<>();
    for (String name : classes) {
      there.add(source(name));
    }
    there.add(weights);
    there.removeIf(file -> !Files.exists(file));
    if (!there.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.FILE,
          "there are files of these names already: %s; give --force to write over them"
              .formatted(String.join(", ", there.stream().map(Path::toString).toList())));
    }
  }

  /** Writes the weights, then the sources. Errors: FILE. */
  void write(Map<String, String> sources, Map<String, DenseTensor> state) {
    makeFolder(weights);
    new StateDict(new LinkedHashMap<>(state)).write(weights);
    sources.forEach(
        (name, text) -> {
          Path file = source(name);
          makeFolder(file);
          AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        });
  }

  private static void makeFolder(Path file) {
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    try {
      Files.createDirectories(folder);
    } catch (IOException error) {
      throw FileErrors.unwritable(folder, error);
    }
  }

  private static SardonyxException usage(String what) {
    return new SardonyxException(ErrorCode.USAGE, what + "; see sardonyx generate --help");
  }
}
