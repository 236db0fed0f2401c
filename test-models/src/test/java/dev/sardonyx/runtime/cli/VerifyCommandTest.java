package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path folder;
  private String model;
  private String certificate;

  @BeforeEach
  void export() {
    model = folder.resolve("ffn.onnx").toString();
    certificate = folder.resolve("out.json").toString();
    CommandLineTest.accepted("export", "simple-ffn", "-o", model);
  }

  private void certify(String... more) {
    String[] words = new String[more.length + 4];
    words[0] = "check";
    words[1] = model;
    words[2] = "--certificate";
    words[3] = certificate;
    System.arraycopy(more, 0, words, 4, more.length);
    assertThat(CommandLineTest.run(words).status()).isZero();
  }

  private static String fails(String... words) {
    CommandLineTest.Result result = CommandLineTest.run(words);
    assertThat(result.status()).as(result.toString()).isEqualTo(1);
    assertThat(result.out()).endsWith("verdict: DOES NOT HOLD\n");
    return result.out();
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(Path.of(certificate));
    assertThat(text).contains(from);
    Files.writeString(Path.of(certificate), text.replace(from, to));
  }

  @Test
  void whatWasTestedHoldsWhenItIsCheckedAgain() throws IOException {
    certify("--dim", "batch=3", "--seed", "7");
    assertThat(CommandLineTest.accepted("verify", certificate, model))
        .contains("tested equivalence of")
        .endsWith("verdict: HOLDS\n");
    assertThat(Files.readString(Path.of(certificate)))
        .contains("\"claim\": \"tested equivalence\"", "float32[3, 10]", "fc1.weight", "ort")
        .doesNotContainIgnoringCase("verified")
        .doesNotContainIgnoringCase("proven");
  }

  @Test
  void theSameCheckGivesTheSameCertificateButForItsDate() throws IOException {
    certify();
    String first = Files.readString(Path.of(certificate));
    certify();
    assertThat(Files.readString(Path.of(certificate)).replaceAll("\"date\": .*", ""))
        .isEqualTo(first.replaceAll("\"date\": .*", ""));
  }

  @Test
  void aChangedWeightIsToldByItsName() {
    certify();
    Graph graph = Onnx.read(Path.of(model));
    Map<String, DenseTensor> weights = new LinkedHashMap<>(graph.initializers());
    float[] bias = Objects.requireNonNull(weights.get("fc2.bias")).floats();
    bias[0] = Math.nextUp(bias[0]);
    weights.put("fc2.bias", Tensor.of(bias, bias.length).dense());
    Onnx.write(graph.withInitializers(weights), Path.of(model), 21);
    assertThat(fails("verify", certificate, model))
        .contains("the weights changed: [fc2.bias]")
        .doesNotContain("the model changed", "the inputs changed");
  }

  @Test
  void anotherModelIsTold() {
    certify();
    assertThat(fails("verify", certificate, "simple-cnn")).contains("the model changed");
  }

  @Test
  void inputsOfFilesAreGivenAgainAndToldWhereTheyChanged() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, Tensor.ones(2, 784));
    certify("-i", "x=" + x);
    assertThat(CommandLineTest.refused("verify", certificate, model)).contains("-i NAME=FILE");
    CommandLineTest.accepted("verify", certificate, model, "-i", "x=" + x);
    Npy.write(x, Tensor.zeros(2, 784));
    assertThat(fails("verify", certificate, model, "-i", "x=" + x))
        .contains("the inputs changed: [x]");
  }

  @Test
  void errorsAreHeldToTheBoundsOfTheCertificate() throws IOException {
    certify();
    String text = Files.readString(Path.of(certificate));
    Files.writeString(
        Path.of(certificate),
        text.replaceAll("\"(absolute|relative|norm)\": [^,\n]*", "\"$1\": 1E-13"));
    assertThat(fails("verify", certificate, model)).contains("lies outside of the bounds");
  }

  @Test
  void boundsThatWereAskedForAreThoseOfTheCertificate() throws IOException {
    certify("--rtol", "0.03");
    assertThat(Files.readString(Path.of(certificate))).contains("\"relative\": 0.03");
    assertThat(CommandLineTest.accepted("verify", certificate, model)).contains("wider than");
  }

  @Test
  void widerBoundsAndAnotherMachineAreToldAndNoFault() throws IOException {
    certify();
    String text = Files.readString(Path.of(certificate));
    Files.writeString(
        Path.of(certificate),
        text.replaceAll("\"norm\": [^,\n]*", "\"norm\": 0.9")
            .replaceAll("\"processor\": .*,", "\"processor\": \"Z80\","));
    assertThat(CommandLineTest.accepted("verify", certificate, model))
        .contains("note: environment: processor was Z80", "wider than the defaults");
  }

  @Test
  void filesElsewhereAreReadOnlyWhereTheyAreNamed() {
    certify(); // of an absolute path
    assertThat(CommandLineTest.refused("verify", certificate)).contains("verify", "MODEL");
  }

  @Test
  void aCertificateIsReadWithSuspicion() throws IOException {
    certify();
    String sound = Files.readString(Path.of(certificate));
    for (String[] change :
        new String[][] {
          {"tested equivalence", "proof"},
          {"\"version\": 1", "\"version\": 2"},
          {"\"version\": 1", "\"version\": 1e9999"},
          {"\"seed\": 0", "\"seed\": 99999999999999999999"},
          {"\"words\": {", "\"words\": {\"x\": \"/etc/passwd\", "},
          {"\"fromFiles\": false", "\"fromFiles\": null"},
          {"\"native\"", "\"../../native\""},
          {"\"runs\": [", "\"runs\": [[], "},
          {"{", "[[[[[[[[[[[[[[[[[[[["},
        }) {
      Files.writeString(Path.of(certificate), sound);
      edit(change[0], change[1]);
      CommandLineTest.Result result = CommandLineTest.run("verify", certificate, model);
      assertThat(result.status()).as(change[1] + ": " + result).isEqualTo(2);
      assertThat(result.err()).startsWith("sardonyx: [");
    }
  }
}
