package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.onnx.Graphs;
import dev.sardonyx.onnx.Onnx;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime is optional, and a guest that may not send what it sees to its maker. */
class WithoutOnnxRuntimeTest {
  @TempDir Path folder;

  private static List<String> classPath(boolean withOnnxRuntime) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> withOnnxRuntime || !new File(entry).getName().startsWith("onnxruntime"))
        .toList();
  }

  /** All but ONNX Runtime, loaded anew. */
  private static URLClassLoader loader() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath(false)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void engineIsListedAndSaysWhatToAdd() throws Exception {
    try (URLClassLoader loader = loader()) {
      Class<?> service = loader.loadClass(Engine.class.getName());
      Object engine = ((Iterable<?>) loadServices(service, loader)).iterator().next();
      String advice =
          "ONNX Runtime is not on the class path; add com.microsoft.onnxruntime:onnxruntime:1.29.0";
      for (int i = 0; i < 2; i++) { // the JVM words a second failure in another way
        assertThat(service.getMethod("unavailable").invoke(engine).toString()).contains(advice);
        assertThat(service.getMethod("description").invoke(engine).toString()).contains(advice);
      }
      assertThat(service.getMethod("name").invoke(engine)).isEqualTo("ort");
      Class<?> graph = loader.loadClass("dev.sardonyx.api.graph.Graph");
      Class<?> options = loader.loadClass("dev.sardonyx.api.engine.SessionOptions");
      Object read =
          loader
              .loadClass(Onnx.class.getName())
              .getMethod("read", byte[].class, String.class)
              .invoke(null, Onnx.bytes(Graphs.twoLayers(), 21), "x");
      assertThatThrownBy(
              () ->
                  service
                      .getMethod("open", graph, options)
                      .invoke(engine, read, options.getMethod("defaults").invoke(null)))
          .cause()
          .hasMessageContaining("[Engine] " + advice);
    }
  }

  private static Object loadServices(Class<?> service, ClassLoader loader) throws Exception {
    // ServiceLoader checks its caller's class path, so that the loader's own classes must ask
    return java.util.ServiceLoader.class
        .getMethod("load", Class.class, ClassLoader.class)
        .invoke(null, service, loader);
  }

  /** ONNX Runtime 1.29 kills a JVM with a command line this long, unless its telemetry is off. */
  @Test
  void longCommandLinesDoNotCrashAndNothingIsLeftBehind() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String path = String.join(File.pathSeparator, classPath(true));
    Process process =
        new ProcessBuilder(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                path,
                Describe.class.getName(),
                "x".repeat(10_000))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("ONNX Runtime 1.29.0");
    assertThat(process.exitValue()).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** The program of the test above. */
  public static final class Describe {
    private Describe() {}

    /** Prints what the engine says of itself. */
    public static void main(String[] arguments) {
      System.out.println(new OrtEngine().description());
    }
  }
}
