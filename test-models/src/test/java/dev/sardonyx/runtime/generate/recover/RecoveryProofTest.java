package dev.sardonyx.runtime.generate.recover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import dev.sardonyx.runtime.generate.proof.ProofReport;
import dev.sardonyx.runtime.generate.proof.RoundTrip;
import dev.sardonyx.runtime.generate.write.SourceWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recovered computes what the export computes, in the same nodes. */
class RecoveryProofTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert",
        "bert-unfused",
        "encoder",
        "encoder-unfused",
        "tagger",
        "tagger-unfused",
        "parts",
        "parts-unfused",
        "my-net",
        "my-net-unfused",
        "mobilenet-v2-unfused"
      })
  void theRoundTripIsEqual(String name) {
    Graph graph = withNumbers(Exports.graph(name));
    GeneratedModel model = Recovery.of(graph, "Net");
    Path weights = folder.resolve("net.safetensors");
    new StateDict(new LinkedHashMap<>(model.state())).write(weights);
    Map<String, String> sources =
        new SourceWriter("com.acme", name + ".onnx", "net.safetensors").write(model);
    ProofReport report = new RoundTrip(graph, Map.of(), 1).prove(sources, "com.acme.Net", weights);
    assertThat(report.passed()).as(() -> report.toString()).isTrue();
  }

  /** Numbers in place of the zeros that stand for large weights, of a size that keeps signals. */
  private static Graph withNumbers(Graph graph) {
    var random = new Random(7);
    Map<String, DenseTensor> filled = new LinkedHashMap<>();
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              boolean large = tensor.dtype() == DType.FLOAT32 && tensor.rank() > 1;
              filled.put(name, large ? numbers(tensor, random) : tensor);
            });
    return graph.withInitializers(filled);
  }

  private static DenseTensor numbers(DenseTensor like, Random random) {
    long[] sizes = like.shape().sizes();
    float[] values = new float[Math.toIntExact(like.elements())];
    double scale = Math.sqrt(sizes[0] / (double) values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return Tensor.of(values, sizes).dense();
  }
}
