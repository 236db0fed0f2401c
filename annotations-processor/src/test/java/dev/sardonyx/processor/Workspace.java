package dev.sardonyx.processor;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project on disk, compiled as build tools do: into a folder that earlier builds filled. */
final class Workspace {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final List<String> options = new ArrayList<>(List.of("-g"));
  private final Path sources;
  final Path classes;

  Workspace(Path root) throws IOException {
    sources = Files.createDirectories(root.resolve("sources"));
    classes = Files.createDirectories(root.resolve("classes"));
  }

  Workspace write(String name, String source) throws IOException {
    Path file = sources.resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    return this;
  }

  Workspace option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /**
   * The errors, and our warnings, of a build that sees what the folder holds already, as Maven's
   * and Gradle's do.
   */
  List<String> compile(String... names) throws IOException {
    return compile(List.of(new SardonyxProcessor()), names);
  }

  List<String> compile(List<Processor> processors, String... names) throws IOException {
    return compile(CLASS_PATH + File.pathSeparator + classes, processors, names);
  }

  /** The errors of a build that does not. */
  List<String> compileWithoutOutputOnClassPath(String... names) throws IOException {
    return compile(CLASS_PATH, List.of(new SardonyxProcessor()), names);
  }

  List<String> compile(String classPath, List<Processor> processors, String... names)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> paths = Arrays.stream(names).map(name -> sources.resolve(name + ".java")).toList();
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("-d", classes.toString(), "-cp", classPath));
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(),
              files,
              diagnostics,
              all,
              null,
              files.getJavaFileObjectsFromPaths(paths));
      task.setProcessors(processors);
      task.call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(
            diagnostic ->
                diagnostic.getKind() == Diagnostic.Kind.ERROR
                    || diagnostic.getMessage(Locale.ROOT).startsWith("["))
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  void delete(String... files) throws IOException {
    List<Path> gone = new ArrayList<>();
    for (String file : files) {
      gone.add(file.endsWith(".java") ? sources.resolve(file) : classes.resolve(file));
    }
    for (Path file : gone) {
      Files.delete(file);
    }
  }

  String registry() throws IOException {
    return Files.readString(
        classes.resolve("META-INF/services/dev.sardonyx.api.nn.ModelDescriptor"));
  }

  URLClassLoader loader() throws MalformedURLException {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, Workspace.class.getClassLoader());
  }
}
