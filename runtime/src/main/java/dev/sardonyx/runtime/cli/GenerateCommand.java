package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.compiler.FoldNumbers;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import dev.sardonyx.runtime.generate.proof.ProofReport;
import dev.sardonyx.runtime.generate.proof.RoundTrip;
import dev.sardonyx.runtime.generate.recover.Recovery;
import dev.sardonyx.runtime.generate.write.SourceWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Writes an .onnx file as annotated Java classes, and proves that they are the same model. */
final class GenerateCommand implements Command {
  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String arguments() {
    return "FILE.onnx";
  }

  @Override
  public String summary() {
    return "write an .onnx file as annotated Java classes, and prove the round trip";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommonOptions.value("package", "NAME", "the package, such as com.acme"))
        .addOption(CommonOptions.value("class", "NAME", "the model's class, such as Classifier"))
        .addOption(
            CommonOptions.values(
                "o", "output", "FOLDER", "the folder of the sources, such as src/main/java"))
        .addOption(
            CommonOptions.value(
                "weights",
                "FILE",
                "the file of the weights; default CLASS.safetensors among the resources, or beside"
                    + " the source"))
        .addOption(CommonOptions.flag("force", "write over files that are there"))
        .addOption(
            CommonOptions.flag("no-proof", "do not compile, run and compare what has been written"))
        .addOption(CommonOptions.dim())
        .addOption(CommonOptions.seed());
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    GenerateFiles files = GenerateFiles.of(invocation);
    String argument = invocation.arguments().getFirst();
    Path file = FileNames.path(argument);
    Graph graph = read(invocation, argument);
    GeneratedModel model = recover(graph, files.className(), argument);
    String weightsName = Objects.requireNonNull(files.weights().getFileName()).toString();
    String fileName = Objects.requireNonNull(file.getFileName()).toString();
    Map<String, String> sources =
        new SourceWriter(files.packageName(), fileName, weightsName).write(model);
    if (!invocation.has("force")) {
      files.requireNone(sources.keySet());
    }
    files.write(sources, model.state());
    Optional<ProofReport> proof = prove(invocation, files, graph, sources);
    new GeneratePrinter(invocation, files).print(argument, model, sources, proof);
    boolean passed = proof.map(ProofReport::passed).orElse(true);
    return passed ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }

  /** The graph of a file. Errors: USAGE for a registered model, which has a class; the file's. */
  private static Graph read(Invocation invocation, String argument) {
    if (invocation.targets().isRegistered(argument)) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "generate wants an .onnx file, found the registered model "
              + argument
              + ", which is a class already");
    }
    return invocation.targets().find(argument, invocation.seed()).graph();
  }

  /** Arithmetic on numbers is done first: a person would write its result. */
  private static GeneratedModel recover(Graph graph, String className, String file) {
    try {
      return Recovery.of(new FoldNumbers(new NativeEvaluator()).apply(graph), className);
    } catch (SardonyxException error) {
      throw error.in(file);
    }
  }

  /** The round trip, unless it is not wanted; one that cannot be made has failed. */
  private static Optional<ProofReport> prove(
      Invocation invocation, GenerateFiles files, Graph graph, Map<String, String> sources) {
    if (invocation.has("no-proof")) {
      return Optional.empty();
    }
    Optional<String> lack = RoundTrip.lack();
    if (lack.isPresent()) {
      return Optional.of(
          ProofReport.failed("the proof is missing: " + lack.get() + ", or give --no-proof"));
    }
    invocation.console().progress("proving the round trip ...");
    try {
      String model = files.packageName() + "." + files.className();
      return Optional.of(
          new RoundTrip(graph, invocation.dims(), invocation.seed())
              .prove(sources, model, files.weights()));
    } catch (SardonyxException error) {
      return Optional.of(
          ProofReport.failed("the original cannot be compared with: " + error.getMessage()));
    } finally {
      invocation.console().progressDone();
    }
  }
}
