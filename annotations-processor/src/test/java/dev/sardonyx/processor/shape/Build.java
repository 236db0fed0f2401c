package dev.sardonyx.processor.shape;

import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.processor.SardonyxProcessor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One run of javac over many models, because a run costs more than a model. */
final class Build {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/shape");

  private final Path classes;
  private final List<Message> messages;

  /**
   * Something that the compiler said.
   *
   * @param file the class of the file, empty where it says something of none
   * @param text as on the console, {@code Net.java:17:5: error: ...}, details included
   */
  record Message(String file, long line, String text) {}

  private Build(Path classes, List<Message> messages) {
    this.classes = classes;
    this.messages = messages;
  }

  /** The names of the golden models in a folder. */
  static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
      return files.map(file -> className(file.toString())).sorted().toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Compiles all golden models of a folder. */
  static Build golden(String folder, Path classes, String... options) throws IOException {
    List<Path> sources =
        names(folder).stream().map(name -> GOLDEN.resolve(folder).resolve(name + ".java")).toList();
    return of(sources, classes, options);
  }

  static Build of(List<Path> sources, Path classes, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of("-g", "-Xmaxerrs", "9999", "-d"));
    options.addAll(List.of(classes.toString(), "-cp", System.getProperty("java.class.path")));
    options.addAll(Arrays.asList(more));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(),
              files,
              diagnostics,
              options,
              null,
              files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(new SardonyxProcessor()));
      task.call();
    }
    return new Build(classes, diagnostics.getDiagnostics().stream().map(Build::message).toList());
  }

  private static Message message(Diagnostic<? extends JavaFileObject> diagnostic) {
    String kind = diagnostic.getKind().toString().toLowerCase(Locale.ROOT);
    String text = kind + ": " + diagnostic.getMessage(Locale.ROOT);
    if (diagnostic.getSource() == null) {
      return new Message("", 0, text);
    }
    String name = className(diagnostic.getSource().getName());
    long line = diagnostic.getLineNumber();
    long column = diagnostic.getColumnNumber();
    return new Message(name, line, name + ".java:" + line + ":" + column + ": " + text);
  }

  private static String className(String path) {
    return Objects.requireNonNull(Path.of(path).getFileName()).toString().replace(".java", "");
  }

  List<Message> messages() {
    return messages;
  }

  /** What is said of a file, each message on a line or several. */
  String of(String file) {
    StringBuilder text = new StringBuilder();
    messages.stream()
        .filter(message -> message.file().equals(file))
        .forEach(message -> text.append(message.text()).append('\n'));
    return text.toString();
  }

  URLClassLoader loader() throws IOException {
    return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Build.class.getClassLoader());
  }

  /** The registered models that are in a file. */
  static List<ModelDescriptor<?>> models(ClassLoader loader, String file) {
    return Descriptors.registry(loader).values().stream()
        .<ModelDescriptor<?>>map(descriptor -> descriptor)
        .filter(descriptor -> descriptor.type().getName().matches("golden\\." + file + "(\\$.*)?"))
        .toList();
  }

  /** The types of a model's expressions, as they are reported. */
  String table(String type) throws IOException {
    return Files.readString(classes.resolve("META-INF/sardonyx/shapes/" + type + ".txt"));
  }

  static String source(String folder, String name) throws IOException {
    return Files.readString(GOLDEN.resolve(folder).resolve(name + ".java"));
  }

  static String expected(String name) throws IOException {
    return Files.readString(GOLDEN.resolve("expected").resolve(name + ".txt"));
  }
}
