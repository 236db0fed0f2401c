package dev.sardonyx.models.operators;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import java.util.List;
import java.util.Map;

/** Attributes that an operator cannot be without, for one sample of each. */
final class Samples {
  private static final Attribute ONES = new Attribute.Ints(List.of(1L, 1L));
  private static final Attribute BODY =
      new Attribute.Subgraph(
          new GraphBody(new Graph("body", List.of(), List.of(), List.of(), Map.of(), Map.of()), 0));

  private static final Map<String, Attributes> REQUIRED =
      Map.ofEntries(
          Map.entry("AveragePool", of("kernel_shape", ONES)),
          Map.entry("BitCast", of("to", Attribute.of(6))),
          Map.entry("Cast", of("to", Attribute.of(1))),
          Map.entry("Concat", of("axis", Attribute.of(0))),
          Map.entry("Conv", of("kernel_shape", ONES)),
          Map.entry("ConvInteger", of("kernel_shape", ONES)),
          Map.entry("ConvTranspose", of("kernel_shape", ONES)),
          Map.entry("DeformConv", of("kernel_shape", ONES)),
          Map.entry("DepthToSpace", of("blocksize", Attribute.of(2))),
          Map.entry("Einsum", of("equation", Attribute.of("...ij->...ji"))),
          Map.entry("LpPool", of("kernel_shape", ONES)),
          Map.entry("MaxPool", of("kernel_shape", ONES)),
          Map.entry("MaxUnpool", of("kernel_shape", ONES)),
          Map.entry("QLinearConv", of("kernel_shape", ONES)),
          Map.entry("SpaceToDepth", of("blocksize", Attribute.of(2))),
          Map.entry("If", of("then_branch", BODY).with("else_branch", BODY)),
          Map.entry("Loop", of("body", BODY)),
          Map.entry("Scan", of("body", BODY).with("num_scan_inputs", Attribute.of(1))));

  private Samples() {}

  static Attributes of(String operator) {
    return REQUIRED.getOrDefault(operator, Attributes.none());
  }

  private static Attributes of(String name, Attribute value) {
    return Attributes.none().with(name, value);
  }
}
