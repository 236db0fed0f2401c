package dev.sardonyx.runtime.generate.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources in memory, with the JDK's compiler and Sardonyx's annotation processor. */
final class MemoryCompiler {
  private static final String PROCESSOR = "dev.sardonyx.processor.SardonyxProcessor";

  private final JavaCompiler compiler;
  private final Processor processor;

  private MemoryCompiler(JavaCompiler compiler, Processor processor) {
    this.compiler = compiler;
    this.processor = processor;
  }

  /** Why nothing can be compiled here, and what to do; empty where it can. */
  static Optional<String> lack() {
    if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()
        || ToolProvider.getSystemJavaCompiler() == null) {
      return Optional.of(
          "there is no Java compiler in this Java runtime (%s); run on a JDK"
              .formatted(System.getProperty("java.home")));
    }
    return processor().isEmpty()
        ? Optional.of(
            "there is no annotation processor on the class path; add"
                + " dev.sardonyx:sardonyx-annotations-processor")
        : Optional.empty();
  }

  /** The compiler. Errors: NoSuchElementException where something {@linkplain #lack lacks}. */
  static MemoryCompiler ofThisJava() {
    return new MemoryCompiler(
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler()), processor().orElseThrow());
  }

  private static Optional<Processor> processor() {
    return ServiceLoader.load(Processor.class, MemoryCompiler.class.getClassLoader()).stream()
        .filter(provider -> provider.type().getName().equals(PROCESSOR))
        .findFirst()
        .map(ServiceLoader.Provider::get);
  }

  /**
   * Compiles with all warnings on.
   *
   * @param sources texts by qualified class name
   */
  CompiledSources compile(Map<String, String> sources) {
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    JavaFileManager standard = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null);
    var files = new MemoryFiles(standard);
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(MemoryFile.ofSource(name, text)));
    List<String> options =
        List.of(
            "-g",
            "-proc:full",
            "-Xlint:all,-path,-classfile,-options",
            "-classpath",
            System.getProperty("java.class.path"));
    JavaCompiler.CompilationTask task =
        compiler.getTask(null, files, diagnostics, options, null, units);
    task.setProcessors(List.of(processor));
    boolean done = task.call();
    List<String> said =
        diagnostics.getDiagnostics().stream()
            .filter(MemoryCompiler::counts)
            .map(MemoryCompiler::text)
            .toList();
    return new CompiledSources(done ? files.outputs() : Map.of(), said, !done);
  }

  /** What is said of no source, such as that a class of the name is there already, is no fault. */
  private static boolean counts(Diagnostic<? extends JavaFileObject> found) {
    return found.getKind() == Diagnostic.Kind.ERROR
        || found.getKind() != Diagnostic.Kind.NOTE && found.getSource() != null;
  }

  private static String text(Diagnostic<? extends JavaFileObject> found) {
    JavaFileObject source = found.getSource();
    String place =
        source == null
            ? ""
            : source.getName().replaceFirst(".*/", "") + ":" + found.getLineNumber() + ": ";
    return place + found.getMessage(Locale.ROOT);
  }
}
