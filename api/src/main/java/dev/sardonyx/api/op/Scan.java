package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A graph run along axes of its inputs. Inputs: values carried from one step to the next, scan
 * inputs, captures. The body takes the carried values and one element of each scan input and gives
 * the carried values and one element of each scan output. Source: ONNX Scan.
 *
 * @param inputAxes the axis of each scan input, which they are cut along
 * @param inputReversed whether a scan input is taken from its end
 * @param outputAxes the axis of each scan output, which they are stacked along
 * @param outputReversed whether a scan output is filled from its end
 */
public record Scan(
    Body body,
    List<Integer> inputAxes,
    List<Boolean> inputReversed,
    List<Integer> outputAxes,
    List<Boolean> outputReversed)
    implements ControlOp {
  public Scan {
    inputAxes = List.copyOf(inputAxes);
    inputReversed = List.copyOf(inputReversed);
    outputAxes = List.copyOf(outputAxes);
    outputReversed = List.copyOf(outputReversed);
  }

  @Override
  public String name() {
    return "Scan";
  }

  @Override
  public List<Body> bodies() {
    return List.of(body);
  }

  /** The number of carried values. */
  public int carried() {
    return body.inputCount() - body.captures() - inputAxes.size();
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("body", new Attribute.Subgraph(body))
        .with("num_scan_inputs", Attribute.of(inputAxes.size()))
        .with("scan_input_axes", Attribute.ofInts(inputAxes), zeros(inputAxes.size()))
        .with("scan_input_directions", flags(inputReversed), zeros(inputAxes.size()))
        .with("scan_output_axes", Attribute.ofInts(outputAxes), zeros(outputAxes.size()))
        .with("scan_output_directions", flags(outputReversed), zeros(outputAxes.size()));
  }

  private static Attribute zeros(int size) {
    return Attribute.ofInts(Collections.nCopies(size, 0));
  }

  private static Attribute flags(List<Boolean> flags) {
    return Attribute.ofInts(flags.stream().map(flag -> flag ? 1 : 0).toList());
  }

  static Scan read(Attributes attributes) {
    attributes.only(
        "body",
        "num_scan_inputs",
        "scan_input_axes",
        "scan_input_directions",
        "scan_output_axes",
        "scan_output_directions");
    Body body = attributes.body("body");
    int inputs = attributes.int32("num_scan_inputs", 0);
    int carried = body.inputCount() - body.captures() - inputs;
    if (inputs < 1 || carried < 0 || body.outputCount() < carried) {
      throw attributes.error(
          "num_scan_inputs = "
              + inputs
              + " does not fit a body of "
              + (body.inputCount() - body.captures())
              + " inputs and "
              + body.outputCount()
              + " outputs");
    }
    int outputs = body.outputCount() - carried;
    return new Scan(
        body,
        perValue(attributes, "scan_input_axes", inputs),
        perValue(attributes, "scan_input_directions", inputs).stream().map(d -> d != 0).toList(),
        perValue(attributes, "scan_output_axes", outputs),
        perValue(attributes, "scan_output_directions", outputs).stream().map(d -> d != 0).toList());
  }

  private static List<Integer> perValue(Attributes attributes, String name, int size) {
    List<Integer> values = attributes.ints(name).orElse(Collections.nCopies(size, 0));
    if (values.size() != size) {
      throw attributes.error(name + " must have " + size + " entries, found " + values);
    }
    return values;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    int carried = carried();
    ControlOp.requireInputs(in, body, in.count());
    List<ValueType> state = new ArrayList<>(ControlOp.types(in.from(0).subList(0, carried)));
    Dim length = new Dim.Unknown();
    List<Inputs.Input> formal = new ArrayList<>(in.from(0).subList(0, carried));
    for (int i = 0; i < inputAxes.size(); i++) {
      TensorType sequence = in.tensor(carried + i, "scan input " + i);
      if (!sequence.shape().isKnown()) {
        formal.add(Inputs.Input.of(sequence));
        continue;
      }
      int axis = in.axis(sequence.shape(), inputAxes.get(i));
      in.requireEqual(length, sequence.dim(axis), "scan inputs must have one length");
      length = length.isFixed() ? length : sequence.dim(axis);
      List<Dim> dims = new ArrayList<>(sequence.shape().dims());
      dims.remove(axis);
      formal.add(Inputs.Input.of(sequence.withShape(Shape.of(dims))));
    }
    formal.addAll(in.from(carried + inputAxes.size()));
    List<ValueType> outputs = ControlOp.types(body.infer(formal));
    List<ValueType> result = new ArrayList<>();
    for (int i = 0; i < carried; i++) {
      result.add(ControlOp.common(in, state.get(i), outputs.get(i), "carried value " + i));
    }
    for (int i = 0; i < outputAxes.size(); i++) {
      result.add(stacked(in, outputs.get(carried + i), length, outputAxes.get(i)));
    }
    return result;
  }

  private static ValueType stacked(Inputs in, ValueType element, Dim length, int axis) {
    int fromFront =
        element instanceof TensorType tensor && tensor.shape().isKnown()
            ? in.axes(List.of((long) axis), tensor.rank() + 1).getFirst()
            : 0;
    return ControlOp.stacked(element, length, fromFront);
  }
}
