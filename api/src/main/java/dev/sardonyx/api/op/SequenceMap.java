package dev.sardonyx.api.op;

import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph run on each element of sequences of one length. Inputs: a sequence, more sequences or
 * tensors (which each run is given whole), captures. Outputs: for each of the graph's a sequence.
 * Source: ONNX SequenceMap.
 */
public record SequenceMap(Body body) implements ControlOp {
  @Override
  public String name() {
    return "SequenceMap";
  }

  @Override
  public int sinceOpset() {
    return 17;
  }

  @Override
  public List<Body> bodies() {
    return List.of(body);
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("body", new Attribute.Subgraph(body));
  }

  static SequenceMap read(Attributes attributes) {
    return new SequenceMap(attributes.only("body").body("body"));
  }

  /** The number of inputs that are mapped: all but the captures. */
  public int mapped() {
    return body.inputCount() - body.captures();
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    ControlOp.requireInputs(in, body, in.count());
    in.sequence(0, "input_sequence");
    List<Inputs.Input> formal = new ArrayList<>();
    for (Inputs.Input input : in.from(0)) {
      boolean each = formal.size() < mapped();
      formal.add(
          each && input.type() instanceof SequenceType(ValueType element)
              ? Inputs.Input.of(element)
              : input);
    }
    return ControlOp.types(body.infer(formal)).stream().<ValueType>map(SequenceType::new).toList();
  }
}
