package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.checkpoint.file.FileMemory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
      case ".npy", "" -> Npy.read(path);
      case ".csv" -> table(path, input, tensor(path, known));
      default -> ImageFile.read(file, input, tensor(path, known)); // all other endings
    };
  }

  private static TensorType tensor(Path file, ValueType known) {
    if (known instanceof TensorType type
        && type.shape().isKnown()
        && type.dtype() != DType.STRING) {
      return type;
    }
    throw new SardonyxException(
            ErrorCode.INPUT, "it is for an input of numbers and known rank, not for " + known)
        .in(file.toString());
  }

  private static DenseTensor table(Path file, Value input, TensorType wanted) {
    try {
      return TableShape.of(CsvFile.read(FileMemory.of(file)), input, wanted);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /**
   * Arrays by input: those of a .npz archive by their names, or by place where numpy.savez has
   * named them arr_0, arr_1... Errors: FILE, FORMAT, LIMIT.
   */
  static Map<String, Data> archive(Path file, List<Value> inputs) {
    Map<String, Data> values = new LinkedHashMap<>();
    archive(file)
        .forEach(
            (name, array) -> {
              int place = name.matches("arr_[0-9]{1,6}") ? Integer.parseInt(name.substring(4)) : -1;
              boolean placed = place >= 0 && place < inputs.size();
              values.put(placed ? inputs.get(place).name() : name, array);
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
