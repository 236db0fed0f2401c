package dev.sardonyx.models.golden;

import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/** What PyTorch computed for one layer or function: made by src/test/golden/torch_nn.py. */
record TorchCase(
    StateDict weights, List<Tensor> inputs, List<Tensor> outputs, Optional<String> print) {

  static List<String> names(String theme) {
    try (var files = Files.list(folder(theme))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".npz"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static TorchCase of(String theme, String name) {
    Map<String, Tensor> arrays = arrays(folder(theme).resolve(name + ".npz"));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    arrays.forEach(
        (key, array) -> {
          if (key.startsWith("weight:")) {
            weights.put(key.substring("weight:".length()), array);
          }
        });
    return new TorchCase(
        new StateDict(weights),
        numbered(arrays, "input_"),
        numbered(arrays, "output_"),
        text(folder(theme).resolve(name + ".txt")));
  }

  private static Path folder(String theme) {
    try {
      String resource = "/golden/nn/" + theme;
      return Path.of(
          Objects.requireNonNull(TorchCase.class.getResource(resource), resource).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, Tensor> arrays(Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replace(".npy", ""), Npy.parse(zip.readAllBytes()));
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return arrays;
  }

  private static List<Tensor> numbered(Map<String, Tensor> arrays, String prefix) {
    List<Tensor> result = new ArrayList<>();
    for (Tensor next = arrays.get(prefix + 0);
        next != null;
        next = arrays.get(prefix + result.size())) {
      result.add(next);
    }
    return List.copyOf(result);
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
