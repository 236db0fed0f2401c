package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.Descriptors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are set up wrongly, or otherwise than javac's own way. */
class SetupTest {
  private static final String MODEL =
      """
      package demo;
      import dev.sardonyx.api.nn.*;
      import dev.sardonyx.api.tensor.Tensor;

      @Model
      public class Net implements UnaryModule {
        @Override
        @Forward
        public Tensor forward(@Input({"n"}) Tensor x) { return x; }
      }
      """;
  private static final String ANNOTATION =
      "package dev.sardonyx.api.nn; public @interface Model { String value() default \"\"; }";
  private static final String ANNOTATED = "package demo; @dev.sardonyx.api.nn.Model class Net {}";

  @TempDir Path folder;

  /** The processor behind an environment that is not javac's, as in Gradle or Eclipse. */
  private static final class Wrapped extends AbstractProcessor {
    private final SardonyxProcessor processor = new SardonyxProcessor();
    private final InvocationHandler before;

    Wrapped(InvocationHandler before) {
      this.before = before;
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      super.init(environment);
      processor.init(proxy(ProcessingEnvironment.class, environment));
    }

    private <T> T proxy(Class<T> type, T target) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                before.invoke(self, method, arguments);
                try {
                  Object result = method.invoke(target, arguments);
                  return result instanceof Filer filer ? proxy(Filer.class, filer) : result;
                } catch (InvocationTargetException error) {
                  throw error.getCause();
                }
              }));
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return processor.process(annotations, round);
    }
  }

  private List<String> compileThrough(InvocationHandler before) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return new Workspace(folder)
        .write("Net", MODEL)
        .compile(classPath, List.of(new Wrapped(before)), "Net");
  }

  @Test
  void aMissingApiIsAnErrorThatNamesTheDependency() throws IOException {
    var workspace = new Workspace(folder).write("Model", ANNOTATION).write("Net", ANNOTATED);
    assertThat(workspace.compile("", List.of(new SardonyxProcessor()), "Model", "Net"))
        .singleElement()
        .asString()
        .startsWith("[ApiMissing]")
        .contains("add the dependency dev.sardonyx:sardonyx-api");
  }

  @Test
  void anApiOfAnotherVersionIsAnError() throws IOException {
    var workspace =
        new Workspace(folder)
            .write("Model", ANNOTATION)
            .write("Net", ANNOTATED)
            .write("NnModule", "package dev.sardonyx.api.nn; public interface NnModule {}")
            .write("UnaryModule", "package dev.sardonyx.api.nn; public interface UnaryModule {}")
            .write("Tensor", "package dev.sardonyx.api.tensor; public interface Tensor {}")
            .write("Variable", "package dev.sardonyx.api.tensor; public interface Variable {}")
            .write(
                "ModelDescriptor",
                "package dev.sardonyx.api.nn; public interface ModelDescriptor { int version(); }");
    assertThat(
            workspace.compile(
                "",
                List.of(new SardonyxProcessor()),
                "Model",
                "Net",
                "NnModule",
                "UnaryModule",
                "Tensor",
                "Variable",
                "ModelDescriptor"))
        .singleElement()
        .asString()
        .startsWith("[ApiVersion]")
        .contains("found version; use sardonyx-api and sardonyx-annotations-processor of one");
  }

  @Test
  void anotherCompilerCostsTheLineAndTheCheckOfShapesWhichItSaysOnce() throws IOException {
    assertThat(compileThrough((_, _, _) -> null))
        .singleElement()
        .asString()
        .startsWith("[ShapesUnchecked] this compiler does not show the processor its syntax trees");
    try (URLClassLoader loader = new Workspace(folder).loader()) {
      assertThat(Descriptors.registry(loader))
          .hasEntrySatisfying("net", net -> assertThat(net.source()).hasToString("Net.java:1"));
    }
  }

  @Test
  void aFaultOfTheProcessorIsAnErrorThatAsksForAReport() throws IOException {
    assertThat(
            compileThrough(
                (_, method, _) -> {
                  if (method.getName().equals("getTypeUtils")) {
                    throw new IllegalStateException("on purpose");
                  }
                  return null;
                }))
        .filteredOn(message -> !message.startsWith("[ShapesUnchecked]"))
        .singleElement()
        .asString()
        .startsWith("[Internal] Sardonyx's annotation processor failed on Net")
        .contains("on purpose", "please report it", "Compilation.java");
  }

  @Test
  void anOutputFolderThatCannotBeWrittenIsAnError() throws IOException {
    assertThat(
            compileThrough(
                (_, method, _) -> {
                  if (method.getName().equals("createResource")) {
                    throw new IOException("disk full");
                  }
                  return null;
                }))
        .filteredOn(message -> !message.startsWith("[ShapesUnchecked]"))
        .singleElement()
        .asString()
        .startsWith("[OutputFolder] META-INF/services")
        .contains("disk full");
  }

  @Test
  void aClassWithTheNameOfADescriptorIsAnError() throws IOException {
    var workspace =
        new Workspace(folder)
            .write("Net", MODEL)
            .write("NetDescriptor", "package demo; class NetDescriptor {}");
    assertThat(workspace.compile("Net", "NetDescriptor"))
        .singleElement()
        .asString()
        .startsWith("[DescriptorName] the descriptor of Net cannot be written");
  }

  @Test
  void aTypeThatDoesNotExistIsLeftToTheCompiler() throws IOException {
    var workspace =
        new Workspace(folder)
            .write("Net", MODEL.replace("@Override", "@Layer Missing layer;\n@Override"));
    assertThat(workspace.compile("Net"))
        .singleElement()
        .asString()
        .contains("cannot find symbol", "Missing");
  }

  /** Writes a module class in its first round. */
  private static final class Maker extends AbstractProcessor {
    private boolean done;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!done) {
        done = true;
        try (var writer = processingEnv.getFiler().createSourceFile("demo.Missing").openWriter()) {
          writer.write(MODEL.replace("Net", "Missing"));
        } catch (IOException error) {
          throw new UncheckedIOException(error);
        }
      }
      return false;
    }
  }

  @Test
  void aTypeThatAnotherProcessorWritesIsWaitedFor() throws IOException {
    var workspace =
        new Workspace(folder)
            .write("Net", MODEL.replace("@Override", "@Layer Missing layer;\n@Override"));
    assertThat(workspace.compile(List.of(new SardonyxProcessor(), new Maker()), "Net")).isEmpty();
    assertThat(workspace.registry())
        .isEqualTo("demo.MissingDescriptor # demo.Missing\ndemo.NetDescriptor # demo.Net\n");
  }

  private List<String> compileModule(String directive) throws IOException {
    return new Workspace(folder)
        .write("Net", MODEL)
        .write("module-info", "module demo { " + directive + " }")
        .option("--add-reads", "demo=ALL-UNNAMED")
        .compile("module-info", "Net");
  }

  @Test
  void aModuleThatDoesNotProvideItsDescriptorsDrawsAWarning() throws IOException {
    assertThat(compileModule("")).singleElement().asString().startsWith("[NotProvided] on the");
    String directive = "provides dev.sardonyx.api.nn.ModelDescriptor with demo.NetDescriptor;";
    assertThat(compileModule(directive)).isEmpty();
  }

  @Test
  void isFoundByCompilersAndDeclaredAsAggregatingToGradle() throws IOException {
    Path resources = Path.of("target/classes/META-INF");
    String name = SardonyxProcessor.class.getName();
    assertThat(resources.resolve("services/javax.annotation.processing.Processor"))
        .hasContent(name);
    assertThat(Files.readString(resources.resolve("gradle/incremental.annotation.processors")))
        .isEqualTo(name + ",aggregating\n");
  }
}
