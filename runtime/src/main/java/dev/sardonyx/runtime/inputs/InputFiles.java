package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the value of an input from a file. Every file is hostile until it is read. */
public final class InputFiles {
  private final Supplier<DataFormat> messages;

  /**
   * A reader.
   *
   * @param messages the format of {@code .pb} files, which is asked for where one is read
   */
  public InputFiles(Supplier<DataFormat> messages) {
    this.messages = messages;
  }

  /**
   * The value of an input: a .npy array, one array of a .npz archive, an ONNX message, an image
   * ({@link ImageFile}) or a table of numbers ({@link CsvFile}). Errors: FILE, FORMAT, LIMIT, USAGE
   * for options that a file does not take, INPUT where an image or a table does not fit the input.
   *
   * @param known the input's type with the sizes that are known
   */
  Data read(InputWord.OfFile file, Value input, ValueType known) {
    Path path = file.path();
    return switch (ending(path)) {
      case ".pb" -> messages.get().read(path, input.type());
      case ".npz" -> array(path, file.option(), input);
      default -> Npy.read(path);
    };
  }

  /**
   * The arrays of a .npz archive by input: by their names, or by place where numpy.savez has named
   * them arr_0, arr_1... Errors: USAGE for other files; FILE, FORMAT, LIMIT.
   */
  Map<String, Data> readAll(InputWord.OfFile file, Graph graph) {
    if (!ending(file.path()).equals(".npz") || !file.option().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--inputs wants a distribution or an .npz file with an array for each input, found "
              + file.told()
              + "; one input's file is given by -i NAME=FILE");
    }
    Map<String, Data> values = new LinkedHashMap<>();
    archive(file.path())
        .forEach(
            (name, array) -> {
              int place = name.matches("arr_[0-9]{1,6}") ? Integer.parseInt(name.substring(4)) : -1;
              boolean placed = place >= 0 && place < graph.inputs().size();
              values.put(placed ? graph.inputs().get(place).name() : name, array);
            });
    return values;
  }

  private static Map<String, Tensor> archive(Path file) {
    return StateDict.read(file).entries();
  }

  private static Tensor array(Path file, String key, Value input) {
    Map<String, Tensor> arrays = archive(file);
    String name = key.isEmpty() ? input.name() : key;
    Tensor only = key.isEmpty() && arrays.size() == 1 ? arrays.values().iterator().next() : null;
    Tensor array = only == null ? arrays.get(name) : only;
    if (array == null) {
      throw new SardonyxException(
              ErrorCode.INPUT,
              "it has no array '%s' but %s; say -i %s=%s:KEY"
                  .formatted(
                      name,
                      Excerpt.of(arrays.keySet().toString()),
                      input.name(),
                      file.getFileName()))
          .in(file.toString());
    }
    return array;
  }

  /** A file's extension with its dot, in small letters; empty where it has none. */
  static String ending(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return InputWord.EXTENSIONS.stream().filter(name::endsWith).findFirst().orElse("");
  }
}
