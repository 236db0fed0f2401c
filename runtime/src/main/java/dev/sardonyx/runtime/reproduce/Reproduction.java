package dev.sardonyx.runtime.reproduce;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Evidence;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.diagnose.SuspectText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Some nodes on which engines part, to be written as a model of their own that shows it again:
 * {@code model.onnx}, {@code inputs/NAME.npy}, {@code ENGINE/NAME.npy} for each engine's outputs,
 * {@code exact/NAME.npy} for those in float64, and {@code README.txt} with the command. Values that
 * .npy files do not hold are .pb files.
 *
 * @param outputs by engine, in their order, the reference last: what each computed of the nodes
 *     from these inputs; by the names of the whole graph
 * @param exact the same in float64; empty where nobody computed that
 * @param story what was found, in lines
 * @param options more words for the command, such as {@code --no-winograd}
 */
public record Reproduction(
    SubModel model,
    Map<String, Map<String, Data>> outputs,
    Map<String, Data> exact,
    List<String> story,
    List<String> options) {
  private static final String MODEL = "model.onnx";
  private static final String INPUTS = "inputs";
  private static final String EXACT = "exact";

  /** The default opset of a format. */
  private static final int ANY_OPSET = 0;

  /**
   * What was written.
   *
   * @param command shows the fault again
   * @param lacks what could not be written, and what to do
   */
  public record Written(Path folder, String command, List<String> lacks) {
    public Written {
      lacks = List.copyOf(lacks);
    }
  }

  public Reproduction {
    outputs = new LinkedHashMap<>(outputs);
    exact = Map.copyOf(exact);
    story = List.copyOf(story);
    options = List.copyOf(options);
  }

  /**
   * Of the node that a diagnosis points at, by its evidence.
   *
   * @param exact its outputs in float64 by name; empty where nobody computes that
   */
  public static Reproduction of(
      Diagnosis diagnosis, Suspect suspect, Map<String, ? extends Data> exact) {
    Evidence evidence = suspect.evidence();
    Map<String, Data> known = new LinkedHashMap<>(evidence.taken());
    known.putAll(evidence.reference());
    Map<String, Map<String, Data>> outputs = new LinkedHashMap<>();
    outputs.put(diagnosis.engine(), evidence.engine());
    outputs.put(diagnosis.reference(), evidence.reference());
    return new Reproduction(
        SubModel.of(diagnosis.graph(), List.of(evidence.node()), known),
        outputs,
        Map.copyOf(exact),
        SuspectText.lines(suspect, diagnosis.engine(), diagnosis.reference()),
        List.of());
  }

  /**
   * Of any nodes, such as a chain on which engines part only where one fuses it. Errors: as above.
   *
   * @param known the values that the nodes take, and where they are known those that they make
   */
  public static Reproduction of(
      Graph graph,
      List<Node> nodes,
      Map<String, ? extends Data> known,
      Map<String, Map<String, Data>> outputs) {
    List<String> story = nodes.stream().map(node -> SuspectText.place(node)).toList();
    return new Reproduction(SubModel.of(graph, nodes, known), outputs, Map.of(), story, List.of());
  }

  /** The same with more words for the command. */
  public Reproduction withOptions(List<String> words) {
    return new Reproduction(model, outputs, exact, story, words);
  }

  /**
   * Writes it into a folder, which is made. Without the ONNX bridge there is no {@code model.onnx}
   * (its program stands in the README then), which the result says. Errors: FILE.
   */
  public Written write(Path folder) {
    List<String> lacks = new ArrayList<>();
    make(folder);
    try {
      Path file = folder.resolve(MODEL);
      Sardonyx.format(file).write(model.graph(), file, ANY_OPSET);
    } catch (SardonyxException error) {
      if (error.code() != ErrorCode.UNSUPPORTED) {
        throw error;
      }
      lacks.add(MODEL + " is not there: " + error.reason());
    }
    Map<String, Path> inputs = write(folder, INPUTS, model.inputs(), lacks);
    Map<String, String> folders = PlainNames.files(outputs.keySet());
    outputs.forEach(
        (engine, values) ->
            write(folder, folders.getOrDefault(engine, engine), named(values), lacks));
    if (!exact.isEmpty()) {
      write(folder, EXACT, named(exact), lacks);
    }
    String command = command(folder, inputs);
    String text = readme(command, lacks);
    AtomicFile.write(
        folder.resolve("README.txt"), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return new Written(folder, command, lacks);
  }

  /** The nodes' own outputs, by the names of the sub-model. */
  private Map<String, Data> named(Map<String, Data> values) {
    Map<String, Data> named = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            Optional.ofNullable(model.names().get(name)).ifPresent(said -> named.put(said, value)));
    return named;
  }

  private static Map<String, Path> write(
      Path folder, String name, Map<String, Data> values, List<String> lacks) {
    Path inner = folder.resolve(name);
    make(inner);
    Map<String, String> files = PlainNames.files(values.keySet());
    Map<String, Path> written = new LinkedHashMap<>();
    values.forEach(
        (value, data) -> {
          String file = files.getOrDefault(value, value);
          try {
            written.put(value, write(inner, file, data));
          } catch (SardonyxException error) {
            if (error.code() != ErrorCode.UNSUPPORTED) {
              throw error;
            }
            lacks.add(name + "/" + file + " is not there: " + error.reason());
          }
        });
    return written;
  }

  private static Path write(Path folder, String name, Data data) {
    if (data instanceof Tensor tensor && Npy.holds(tensor.dtype())) {
      Path file = folder.resolve(name + ".npy");
      Npy.write(file, tensor);
      return file;
    }
    DataFormat format =
        ServiceLoader.load(DataFormat.class, DataFormat.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.UNSUPPORTED,
                        (".npy files do not hold %s; dev.sardonyx:sardonyx-onnx-bridge on the class"
                                + " path writes .pb files, which do")
                            .formatted(data.type())));
    Path file = folder.resolve(name + format.extension());
    format.write(data, file);
    return file;
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException error) {
      throw FileErrors.unwritable(folder, error);
    }
  }

  private String command(Path folder, Map<String, Path> inputs) {
    List<String> words = new ArrayList<>(List.of("sardonyx", "check"));
    words.add(folder.resolve(MODEL).toString());
    inputs.forEach((name, file) -> words.addAll(List.of("-i", name + "=" + file)));
    outputs.keySet().forEach(engine -> words.addAll(List.of("-e", engine)));
    words.addAll(options);
    return String.join(" ", words.stream().map(PlainNames::quoted).toList());
  }

  private String readme(String command, List<String> lacks) {
    List<String> lines = new ArrayList<>();
    lines.add("A part of a model on which " + String.join(" and ", outputs.keySet()) + " differ.");
    lines.add("");
    lines.addAll(story);
    lines.add("");
    lines.add("Shown again by");
    lines.add("");
    lines.add("    " + command);
    lines.add("");
    lines.add(MODEL + ": the part as a model; weights, and integers that may be shapes, inside");
    lines.add("inputs/: what it takes");
    outputs.keySet().forEach(name -> lines.add(name + "/: what " + name + " computes of that"));
    if (!exact.isEmpty()) {
      lines.add("exact/: the same in float64");
    }
    model
        .names()
        .forEach(
            (name, said) -> {
              if (!name.equals(said)) {
                lines.add(said + " is called '" + Excerpt.of(name) + "' in the whole model");
              }
            });
    lacks.forEach(lack -> lines.add("Not here: " + lack));
    lines.add("");
    lines.add(model.graph().toString());
    return String.join("\n", lines);
  }
}
