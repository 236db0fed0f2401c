package dev.sardonyx.api;

import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.FileSession;
import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** The front door: models compiled and run. */
public final class Sardonyx {
  private static final String DEFAULT_ENGINE = "native";

  private Sardonyx() {}

  /**
   * Seeds the process-wide generator, so that layers made from here on have the weights that
   * PyTorch gives them after {@code torch.manual_seed}. Without it the seed is 0.
   */
  public static void manualSeed(long seed) {
    Generator.defaultGenerator().manualSeed(seed);
  }

  /**
   * Compiles a model for the native engine. Errors: what its trace reports, ENGINE when the runtime
   * is not on the class path, UNSUPPORTED naming all nodes that the engine does not have.
   */
  public static Session open(NnModule model) {
    return open(model, SessionOptions.defaults());
  }

  /** The same with options. */
  public static Session open(NnModule model, SessionOptions options) {
    return engine(DEFAULT_ENGINE).open(Trace.of(model).graph(), options);
  }

  /** Compiles a graph, such as one read from a file, for the native engine. */
  public static Session open(Graph graph) {
    return engine(DEFAULT_ENGINE).open(graph, SessionOptions.defaults());
  }

  /**
   * Compiles a model file, such as {@code bert.onnx}, for the native engine; also the errors of its
   * runs name the file. Errors: those of reading; as above; UNSUPPORTED where nothing on the class
   * path reads such files.
   */
  public static Session open(Path file) {
    return open(file, SessionOptions.defaults());
  }

  /** The same with options. */
  public static Session open(Path file, SessionOptions options) {
    Graph graph = format(file).read(file);
    return FileSession.open(() -> engine(DEFAULT_ENGINE).open(graph, options), file.toString());
  }

  /** The format of a model file by its extension. Errors: UNSUPPORTED, saying what to add. */
  public static ModelFormat format(Path file) {
    return ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(candidate -> file.toString().endsWith(candidate.extension()))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                        ErrorCode.UNSUPPORTED,
                        "nothing on the class path reads and writes such model files;"
                            + " dev.sardonyx:sardonyx-onnx-bridge does with .onnx")
                    .in(file.toString()));
  }

  /** The engines on the class path, usable here or not. */
  public static List<Engine> engines() {
    return ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * The engine of a name, such as {@code native}, on a device, such as {@code ort@cuda}, and in a
   * variant, such as {@code ort:none} or {@code native:scalar:fp16}. Errors: ENGINE, saying which
   * there are and what to add.
   */
  public static Engine engine(String name) {
    String[] words = name.split(":", -1);
    Engine engine = onDevice(words[0]);
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      Engine known = engine;
      engine =
          known
              .variant(word)
              .orElseThrow(
                  () ->
                      new SardonyxException(
                          ErrorCode.ENGINE,
                          "engine '"
                              + known.name()
                              + "' has no variant '"
                              + word
                              + "'"
                              + NearestNames.hint(word, known.variants())
                              + "; expected "
                              + (known.variants().isEmpty()
                                  ? "none"
                                  : "one of " + String.join(", ", known.variants()))));
    }
    return engine;
  }

  private static Engine onDevice(String name) {
    int at = name.indexOf('@');
    return at < 0
        ? named(name)
        : named(name.substring(0, at)).on(Device.of(name.substring(at + 1)));
  }

  private static Engine named(String name) {
    List<Engine> engines = engines();
    return engines.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.ENGINE,
                    "no engine '"
                        + name
                        + "' on the class path (found: "
                        + engines.stream().map(Engine::name).toList()
                        + "); add dev.sardonyx:sardonyx-runtime for native,"
                        + " dev.sardonyx:sardonyx-onnx-bridge for ort"));
  }
}
