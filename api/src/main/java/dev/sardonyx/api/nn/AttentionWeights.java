package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@link MultiheadAttention} under PyTorch's names and in its order: one matrix
 * for all three projections where their inputs are of one size, else three.
 */
final class AttentionWeights {
  private final Map<String, Parameter> parameters;
  private final Linear outProj;

  private AttentionWeights(Map<String, Parameter> parameters, Linear outProj) {
    this.parameters = parameters;
    this.outProj = outProj;
  }

  /** Source: torch MultiheadAttention.__init__ and _reset_parameters, which tell the order. */
  static AttentionWeights drawn(int embedDim, MultiheadAttentionOptions options) {
    Linear outProj =
        Linear.named("NonDynamicallyQuantizableLinear", embedDim, embedDim, options.bias());
    int kdim = options.kdim().orElse(embedDim);
    int vdim = options.vdim().orElse(embedDim);
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    if (kdim == embedDim && vdim == embedDim) {
      int rows = Math.multiplyExact(3, embedDim);
      parameters.put("in_proj_weight", Initialization.xavierUniform(Shape.of(rows, embedDim)));
    } else {
      parameters.put("q_proj_weight", Initialization.xavierUniform(Shape.of(embedDim, embedDim)));
      parameters.put("k_proj_weight", Initialization.xavierUniform(Shape.of(embedDim, kdim)));
      parameters.put("v_proj_weight", Initialization.xavierUniform(Shape.of(embedDim, vdim)));
    }
    if (options.bias()) {
      parameters.put("in_proj_bias", new Parameter(Tensor.zeros(3L * embedDim)));
      outProj.bias().ifPresent(bias -> bias.set(Tensor.zeros(embedDim)));
    }
    if (options.addBiasKv()) {
      parameters.put("bias_k", Initialization.xavierNormal(Shape.of(1, 1, embedDim)));
      parameters.put("bias_v", Initialization.xavierNormal(Shape.of(1, 1, embedDim)));
    }
    return new AttentionWeights(parameters, outProj);
  }

  AttentionWeights copy() {
    Map<String, Parameter> copies = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> copies.put(name, new Parameter(parameter)));
    return new AttentionWeights(copies, outProj.copy());
  }

  Structure structure(String type) {
    Structure structure = Structure.of(type);
    parameters.forEach(structure::add);
    return structure.add("out_proj", outProj);
  }

  Linear outProj() {
    return outProj;
  }

  List<Parameter> inProjections() {
    return List.copyOf(parameters.values());
  }

  /** What stands behind all keys or values, if anything does. */
  @Nullable Tensor behind(String name) {
    return parameters.get(name);
  }

  /** Query, key and value projected. */
  List<Tensor> project(List<Tensor> inputs) {
    Parameter packed = parameters.get("in_proj_weight");
    Parameter bias = parameters.get("in_proj_bias");
    boolean same = inputs.stream().allMatch(input -> input == inputs.getFirst());
    if (packed != null && same) {
      return Functional.linear(inputs.getFirst(), packed, bias).chunk(3, -1);
    }
    List<Tensor> biases = bias == null ? List.of() : bias.chunk(3, 0);
    List<Tensor> matrices = packed == null ? List.of() : packed.chunk(3, 0);
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "qkv".charAt(i) + "_proj_weight";
      Tensor weight =
          packed == null ? Objects.requireNonNull(parameters.get(name), name) : matrices.get(i);
      result.add(Functional.linear(inputs.get(i), weight, biases.isEmpty() ? null : biases.get(i)));
    }
    return result;
  }
}
