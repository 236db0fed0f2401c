package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;

/** One folder of golden data. */
record Golden(String folder, Path path) {
  /** Above PyTorch's own float32 error of every case; see golden/README.md. */
  private static final double TOLERANCE = 1e-5;

  static Golden of(String folder) {
    try {
      return new Golden(
          folder,
          Path.of(
              Objects.requireNonNull(Golden.class.getResource("/golden/" + folder), folder)
                  .toURI()));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The folders below {@code models} or {@code layers}. */
  static List<String> names(String kind) {
    try (var folders = Files.list(of(kind).path())) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  String text(String file) {
    try {
      return Files.readString(path.resolve(file));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  List<String> lines(String file) {
    return text(file).lines().toList();
  }

  Tensor array(String file) {
    return Npy.read(path.resolve(file));
  }

  /** The weights for a model: stored, by formula, or none. */
  StateDict weights(NnModule model) {
    Path file = path.resolve("weights.npz");
    boolean formula = column(2).equals("formula");
    return Files.exists(file)
        ? stored(file)
        : formula ? GoldenFormula.stateDict(model) : new StateDict(Map.of());
  }

  private static StateDict stored(Path file) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName().replace(".npy", ""), Npy.parse(zip.readAllBytes()));
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return new StateDict(entries);
  }

  /** The numbers of the cases: 1, and mostly 2. */
  List<Integer> cases() {
    return IntStream.rangeClosed(1, column(4).split(" ").length).boxed().toList();
  }

  Tensor input(int number) {
    Path file = path.resolve("input_" + number + ".npy");
    if (Files.exists(file)) {
      return Npy.read(file);
    }
    String dims = column(4).split(" ")[number - 1];
    long[] sizes = Arrays.stream(dims.split("x")).mapToLong(Long::parseLong).toArray();
    return GoldenFormula.values("input_" + number, -1, 1, sizes);
  }

  /** The outputs of a case in order. */
  List<Tensor> outputs(int number) {
    try (var files = Files.list(path)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("output_" + number))
          .sorted()
          .map(Npy::read)
          .toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private String column(int index) {
    Optional<String> row =
        of(".").lines("index.tsv").stream()
            .filter(line -> line.startsWith(folder + "\t"))
            .findFirst();
    return row.orElseThrow(() -> new IllegalStateException(folder + " is not in index.tsv"))
        .split("\t")[index];
  }

  /** The entry of that name, which must be there. */
  static <T> T named(Map<String, T> entries, String name) {
    return Objects.requireNonNull(entries.get(name), name);
  }

  /**
   * Demands that a result equals PyTorch's: floats within a fraction of PyTorch's largest finite
   * element, everything else exactly.
   */
  static void assertAgrees(String what, Tensor found, Tensor expected) {
    assertThat(found.type()).as(what).isEqualTo(expected.type());
    DenseTensor a = found.dense();
    DenseTensor b = expected.dense();
    double tolerance = expected.dtype().isFloat() ? TOLERANCE * largest(b) : 0;
    for (long i = 0; i < a.elements(); i++) {
      double ours = a.doubleAt(i);
      double theirs = b.doubleAt(i);
      boolean near = Math.abs(ours - theirs) <= tolerance;
      assertThat(near || Double.compare(ours, theirs) == 0)
          .as("%s: element %d is %s, PyTorch's is %s (of %s)", what, i, ours, theirs, tolerance)
          .isTrue();
    }
  }

  private static double largest(DenseTensor tensor) {
    double largest = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      double size = Math.abs(tensor.doubleAt(i));
      largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
    }
    return largest;
  }
}
