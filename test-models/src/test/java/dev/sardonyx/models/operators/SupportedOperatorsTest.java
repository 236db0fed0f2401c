package dev.sardonyx.models.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.plan.Support;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** SUPPORTED-OPS.md, which is made from ONNX's version histories and what the operators say. */
class SupportedOperatorsTest {
  private static final Path FILE = Path.of("../SUPPORTED-OPS.md");
  private static final String WRITE = "supported.write";
  private static final String COMMAND =
      "mvn test -pl test-models -am -Dinvoker.skip -Dtest=SupportedOperatorsTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE;
  private static final String VERSIONS = "/dev/sardonyx/onnx/internal/opset/operator-versions.tsv";
  private static final int NEWEST_ON_ORT = 26;
  private static final int MOST_INPUTS = 7;

  /** What the native engine does not compute, and why. */
  private static final Map<String, String> REFUSED = Map.of("SwiGLU", "newer than opset 27");

  /** What is no operator any more: files that have it are read as another. */
  private static final Map<String, String> REPLACED =
      Map.of("Scatter", "ScatterElements", "Upsample", "Resize");

  /** What stands for other nodes as it is read. */
  private static final Set<String> REWRITTEN = Set.of("ai.onnx.preview.training.Gradient");

  @Test
  void everyOperatorIsComputedOrRefusedWithAReason() throws IOException {
    List<String> silent = new ArrayList<>();
    versions()
        .forEach(
            (name, _) -> {
              if (!isKnown(name)
                  && !REWRITTEN.contains(name)
                  && !REFUSED.containsKey(name)
                  && !REPLACED.containsKey(name)) {
                silent.add(name);
              }
            });
    assertThat(silent).as("operators of ONNX that are neither computed nor explained").isEmpty();
  }

  @Test
  void listIsWhatOperatorsSay() throws IOException {
    String made = text();
    if (System.getProperty(WRITE) != null) {
      Files.writeString(FILE, made);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("SUPPORTED-OPS.md is stale; this writes it anew: " + COMMAND)
        .isEqualTo(made);
  }

  private static String text() throws IOException {
    var text = new StringBuilder();
    text.append("# Supported operators\n\n");
    text.append(
        "Generated from ONNX's version histories and from what the operators and the native engine\n");
    text.append(
        "say; do not edit. A test fails when this file is stale. This writes it anew:\n\n    ");
    text.append(COMMAND).append("\n\n");
    text.append(
        "Files of opset 1 to 27 are read; older forms become the newest. The opsets, of ai.onnx where the name has\n");
    text.append(
        "no domain, are those in which an operator changed. Element types are those that its first input may have on the native engine; *other*\n");
    text.append(
        "stands where that is no plain tensor or depends on more. ONNX Runtime 1.29 takes opsets up to 26\n");
    text.append("and does not have every element type.\n\n");
    text.append(
        "| operator | opsets | native engine: element types | ONNX Runtime |\n|---|---|---|---|\n");
    versions()
        .forEach(
            (name, opsets) -> {
              text.append("| ").append(name).append(" | ").append(opsets);
              text.append(" | ").append(status(name));
              text.append(" | ").append(onOrt(name, opsets)).append(" |\n");
            });
    return text.toString();
  }

  private static String status(String name) {
    if (REPLACED.containsKey(name)) {
      return "as " + REPLACED.get(name);
    }
    if (REWRITTEN.contains(name)) {
      return "as the nodes of the derivative";
    }
    if (!isKnown(name)) {
      return "no: " + REFUSED.get(name);
    }
    return domain(name).isEmpty() ? types(name) : "other"; // inference does not tell them there
  }

  /** ONNX Runtime has ai.onnx and ai.onnx.ml. */
  private static String onOrt(String name, String opsets) {
    boolean training = domain(name).equals(TrainingOp.DOMAIN) && !REWRITTEN.contains(name);
    boolean newer = Integer.parseInt(opsets.split(",")[0]) > NEWEST_ON_ORT;
    return training || newer ? "no" : "yes";
  }

  /** The opsets in which each operator changed, by domain and name. */
  private static Map<String, String> versions() throws IOException {
    Map<String, String> result = new TreeMap<>();
    try (InputStream in = SupportedOperatorsTest.class.getResourceAsStream(VERSIONS)) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
        String[] columns = line.split("\t");
        result.put(columns[0], columns[1]);
      }
    }
    return result;
  }

  private static Optional<Op> sample(String name) {
    String domain = domain(name);
    String inDomain = name.substring(domain.isEmpty() ? 0 : domain.length() + 1);
    return Operators.read(domain, inDomain, Samples.of(inDomain));
  }

  /** What is before the last dot; operators of ai.onnx have none. */
  private static String domain(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static boolean isKnown(String name) {
    try {
      return sample(name).isPresent() || name.equals("Constant");
    } catch (SardonyxException error) {
      return error.code() != ErrorCode.UNSUPPORTED; // it wants an attribute
    }
  }

  private static String types(String name) {
    List<String> result = new ArrayList<>();
    for (DType dtype : DType.values()) {
      if (takes(name, dtype)) {
        result.add(dtype.toString());
      }
    }
    return result.isEmpty() ? "other" : String.join(" ", result);
  }

  private static boolean takes(String name, DType dtype) {
    try {
      Op op = sample(name).orElseThrow();
      ValueType type = new TensorType(dtype, Shape.unknown());
      return isInferred(op, type) && Support.missing(op, List.of(type)).isEmpty();
    } catch (RuntimeException wantsMore) {
      return false;
    }
  }

  private static boolean isInferred(Op op, ValueType type) {
    for (int inputs = 1; inputs < MOST_INPUTS; inputs++) {
      List<Optional<Inputs.Input>> given =
          new ArrayList<>(Collections.nCopies(inputs, Optional.of(Inputs.Input.of(type))));
      for (ValueType rest : List.of(type, index())) {
        for (int i = 1; i < inputs; i++) {
          given.set(i, Optional.of(Inputs.Input.of(rest)));
        }
        try {
          op.infer(new Inputs(op.name(), given));
          return true;
        } catch (SardonyxException wrong) {
          // another number or type of inputs may do
        }
      }
    }
    return false;
  }

  private static ValueType index() {
    return new TensorType(DType.INT64, Shape.unknown());
  }
}
