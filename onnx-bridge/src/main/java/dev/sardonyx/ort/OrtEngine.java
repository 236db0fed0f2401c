package dev.sardonyx.ort;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.SessionRecorder;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import java.util.List;
import java.util.Optional;

/**
 * ONNX Runtime as an engine, on the CPU or on CUDA. The jar of ONNX Runtime is optional: this class
 * loads without it, and says so. Sessions compute node after node, with as many threads as they are
 * given and all of ONNX Runtime's optimisations unless told otherwise, so that its times compare
 * with the native engine's; a variant such as {@code ort:basic} has fewer of them. On CUDA float32
 * is not rounded to TF32, and ONNX Runtime computes what it has no CUDA kernel for on the CPU.
 * Source: ONNX Runtime's Java API.
 */
public final class OrtEngine implements Engine {
  private static final String NAME = "ort";

  private final String name;
  private final OrtOptimisations optimisations;

  /** The engine with all optimisations. */
  public OrtEngine() {
    this(NAME, OrtOptimisations.ALL);
  }

  private OrtEngine(String name, OrtOptimisations optimisations) {
    this.name = name;
    this.optimisations = optimisations;
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} They are how far it may rewrite graphs. */
  @Override
  public List<String> variants() {
    return OrtOptimisations.words();
  }

  /** {@inheritDoc} A session that is to compute a graph as it is written has none of them. */
  @Override
  public Optional<Engine> variant(String word) {
    return OrtOptimisations.of(word).map(level -> new OrtEngine(NAME + ":" + word, level));
  }

  /** Version and providers, or why there are none. */
  @Override
  public String description() {
    Optional<String> reason = unavailable();
    if (reason.isPresent()) { // no lambda: linking one would load the classes that are missing
      return "not available: " + reason.get();
    }
    return OrtLibrary.describe()
        + (name.equals(NAME) ? "" : "; optimisations: " + optimisations.word());
  }

  @Override
  public Optional<String> unavailable() {
    return OrtProbe.unavailable();
  }

  /**
   * Opens a graph in the form of opset 21, or of the nearest opset that has its operators.
   *
   * @throws SardonyxException ENGINE when ONNX Runtime is not there, refuses the graph, or does not
   *     have the device; UNSUPPORTED for operators or element types that it does not have; LIMIT
   *     when the weights alone exceed the memory budget
   */
  @Override
  public Session open(Graph graph, SessionOptions options) {
    requireAvailable();
    return SessionRecorder.recorded(
        name(), graph, options, () -> OrtSessions.open(graph, options, optimisations));
  }

  /** The same with ONNX Runtime's own profiling; not of graphs that take sequences or optionals. */
  @Override
  public Optional<ProfiledSession> openProfiled(Graph graph, SessionOptions options) {
    requireAvailable();
    return Carriage.isFixed(graph)
        ? Optional.of(TracedSession.open(graph, options, optimisations))
        : Optional.empty();
  }

  private void requireAvailable() {
    unavailable()
        .ifPresent(
            reason -> {
              throw new SardonyxException(ErrorCode.ENGINE, reason);
            });
  }
}
