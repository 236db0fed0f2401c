package dev.sardonyx.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.onnx.Onnx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens sessions. */
final class OrtSessions {
  /** ONNX Runtime 1.29 refuses opset 27. */
  private static final int HIGHEST_OPSET = 26;

  /** Those of ONNX that it has, and its own. */
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx.ml", "com.microsoft");

  private static final int FIRST_GPU = 0;

  private OrtSessions() {}

  static Session open(Graph graph, SessionOptions options, OrtOptimisations optimisations) {
    require(graph, options);
    return Carriage.isFixed(graph)
        ? open(graph, Carriage.of(graph, List.of()), options, optimisations)
        : new AssembledSession(graph, options, optimisations);
  }

  private static void require(Graph graph, SessionOptions options) {
    requireNoLimits(options);
    requireBudget(graph, options);
    requireKnownDomains(graph);
  }

  /**
   * A session whose nodes are timed; what they take is written into a folder. Errors: as above.
   *
   * @param graph one of which {@link Carriage#isFixed} is true
   */
  static GuardedSession openTraced(
      Graph graph, SessionOptions options, OrtOptimisations optimisations, Path folder) {
    require(graph, options);
    return open(graph, Carriage.of(graph, List.of()), options, optimisations, Optional.of(folder));
  }

  /** A session of a graph in the form that inputs ask for. Errors: as {@link OrtEngine#open}. */
  static Session open(
      Graph graph, Carriage carriage, SessionOptions options, OrtOptimisations optimisations) {
    return open(graph, carriage, options, optimisations, Optional.empty());
  }

  private static GuardedSession open(
      Graph graph,
      Carriage carriage,
      SessionOptions options,
      OrtOptimisations optimisations,
      Optional<Path> traces) {
    int opset = Onnx.nearestOpset(carriage.graph(), Onnx.DEFAULT_OPSET);
    if (opset > HIGHEST_OPSET) {
      throw SardonyxException.unsupported(
          graph.name() + " needs opset " + opset + "; ONNX Runtime has up to " + HIGHEST_OPSET,
          List.of(Lack.opset("", opset)));
    }
    Divisions divisions = Divisions.of(carriage.graph());
    OrtEnvironment environment = OrtLibrary.environment();
    try (var settings = new OrtSession.SessionOptions()) {
      configure(settings, options, optimisations);
      if (traces.isPresent()) {
        settings.enableProfiling(traces.get().resolve("trace").toString());
      }
      OrtSession session =
          OrtModels.open(environment, divisions.graph(), opset, settings, options.memoryBudget());
      return new GuardedSession(graph, carriage, divisions, environment, session);
    } catch (OrtException error) {
      throw OrtLibrary.error("cannot open " + graph.name(), error);
    }
  }

  private static void requireKnownDomains(Graph graph) {
    List<Op> strangers =
        graph.nodes().stream().map(Node::op).filter(op -> !DOMAINS.contains(op.domain())).toList();
    if (!strangers.isEmpty()) {
      throw SardonyxException.unsupported(
          "ONNX Runtime does not have "
              + strangers.stream().map(op -> op.domain() + "." + op.name()).distinct().toList(),
          strangers.stream()
              .map(op -> Lack.operator(op.domain(), op.name(), op.sinceOpset()))
              .toList());
    }
  }

  /** What this engine would not keep is refused. */
  private static void requireNoLimits(SessionOptions options) {
    boolean trips = options.tripLimit() != SessionOptions.defaults().tripLimit();
    if (trips || options.deadline().isPresent()) {
      throw new SardonyxException(
          ErrorCode.ENGINE,
          "the engine 'ort' keeps no deadline and no limit of loops; the native engine does");
    }
  }

  /** ONNX Runtime knows no budget, so that only what is sure beforehand can be refused. */
  private static void requireBudget(Graph graph, SessionOptions options) {
    long bytes = OrtModels.weightBytes(graph);
    if (bytes > options.memoryBudget()) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the weights of "
              + graph.name()
              + " take "
              + bytes
              + " bytes, more than the memory budget of "
              + options.memoryBudget());
    }
  }

  private static void configure(
      OrtSession.SessionOptions settings, SessionOptions options, OrtOptimisations optimisations)
      throws OrtException {
    settings.setIntraOpNumThreads(options.threads());
    settings.setInterOpNumThreads(1);
    settings.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    settings.setOptimizationLevel(
        switch (options.optimised() ? optimisations : OrtOptimisations.NONE) {
          case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
          case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
          case EXTENDED -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
          case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
        });
    settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    switch (options.device()) {
      case CPU -> {}
      case CUDA -> addCuda(settings);
    }
  }

  private static void addCuda(OrtSession.SessionOptions settings) {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      throw new SardonyxException(
          ErrorCode.ENGINE,
          "CUDA is asked for, but this ONNX Runtime only has the providers "
              + OrtEnvironment.getAvailableProviders()
              + "; put com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime on the"
              + " class path");
    }
    try (var cuda = new OrtCUDAProviderOptions(FIRST_GPU)) {
      cuda.add("use_tf32", "0"); // by default products of float32 round to TF32 from Ampere on
      settings.addCUDA(cuda);
    } catch (OrtException error) {
      throw new SardonyxException(
          ErrorCode.ENGINE,
          OrtLibrary.error("cannot use CUDA", error).reason()
              + "; ONNX Runtime 1.29 wants a CUDA driver, CUDA 12 and cuDNN 9 on the library path",
          error);
    }
  }
}
