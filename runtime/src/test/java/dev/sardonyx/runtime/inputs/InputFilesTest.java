package dev.sardonyx.runtime.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.engine.Graphs;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files give PyTorch's and NumPy's numbers; inputs/generate.py has made them. */
class InputFilesTest {
  private static final InputFiles FILES =
      new InputFiles(
          () -> {
            throw new SardonyxException(ErrorCode.UNSUPPORTED, "no .pb here");
          });

  @TempDir Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(InputFilesTest.class.getResource("/inputs/" + name)).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Graph graph(String name, DType dtype, String... dims) {
    var builder = new GraphBuilder("net");
    Value x = builder.input(name, TensorType.of(dtype, dims));
    return builder.build(List.of(x), Map.of());
  }

  private static Tensor read(Path file, String option, DType dtype, String... dims) {
    var plan = new InputPlan(graph("x", dtype, dims));
    InputSet set = plan.give("x", new InputWord.OfFile(file, option), FILES).draw(0);
    return (Tensor) Graphs.named(set.values(), "x");
  }

  private static Tensor picture(String key) {
    return StateDict.read(resource("picture.npz")).get(key);
  }

  @ParameterizedTest
  @CsvSource({
    "whole, '', 9, 14",
    "normalised, imagenet, 9, 14",
    "smaller, resize, 4, 5",
    "larger_normalised, 'resize,imagenet', 17, 20",
  })
  void picturesAreThoseOfPyTorch(String key, String option, String height, String width) {
    float[] expected = picture(key).floats();
    Path file = resource("picture.png");
    Tensor first = read(file, option, DType.FLOAT32, "batch", "3", height, width);
    assertThat(first.floats()).containsExactly(expected, Offset.offset(1e-5f));
    Tensor last = read(file, option, DType.FLOAT32, "1", height, width, "3");
    assertThat(last.permute(0, 3, 1, 2).floats()).containsExactly(expected, Offset.offset(1e-5f));
  }

  @Test
  void bytesAndOpenSizesAreThoseOfThePicture() {
    Path file = resource("picture.png");
    Tensor bytes = read(file, "", DType.UINT8, "3", "h", "w");
    assertThat(bytes.type()).hasToString("uint8[3, 9, 14]");
    Tensor floats = read(file, "bytes", DType.FLOAT32, "n", "3", "h", "w");
    assertThat(floats.floats())
        .isEqualTo(bytes.dense().convert(DType.FLOAT32).floats())
        .hasSize(3 * 9 * 14);
    assertThat(floats.floats()[5])
        .isCloseTo(picture("whole").floats()[5] * 255, Offset.offset(1e-3f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''         | 1,3,8,14 | it is 9 pixels high and 14 wide, not 8 and 14: say -i x=",
        "crop       | 1,3,9,14 | expected after the colon resize, imagenet (of floats) or bytes",
        "imagenet,bytes | 1,3,9,14 | the last two not both",
        "''         | 2,3,9,14 | one image is a batch of 1, not of 2",
        "''         | 1,4,9,14 | an image is for [N, C, H, W]",
      })
  void aPictureThatDoesNotFitIsRefused(String option, String dims, String told) {
    assertThatThrownBy(() -> read(resource("picture.png"), option, DType.FLOAT32, dims.split(",")))
        .hasMessageContaining(told);
  }

  @Test
  void tablesAreThoseOfNumPy() {
    double[] expected = Npy.read(resource("table.npy")).dense().doubles();
    Path file = resource("table.csv");
    assertThat(read(file, "", DType.FLOAT64, "n", "4").dense().doubles()).isEqualTo(expected);
    assertThat(read(file, "", DType.FLOAT64, "n", "2", "2").type()).hasToString("float64[3, 2, 2]");
    assertThat(read(file, "", DType.FLOAT64, "n", "m").type()).hasToString("float64[3, 4]");
    assertThat(read(resource("whole.csv"), "", DType.INT32, "2", "3").dense().ints())
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2\\n3        | 2,2 | line 2 has 1 columns, those before have 2",
        "1,a\\n3,4      | 2,2 | line 1, column 2 is no number: 'a'",
        "a,b\\n3,0x1p3  | 1,2 | line 2, column 2 is no number",
        "a,b\\n         | 1,2 | it has no row of numbers",
        "1,2,3          | n,2 | a table of 1 rows and 3 columns does not fit input x",
        "1,2,3\\n4,5,6  | 3,2 | its last dims must have one row's numbers",
        "1,2\\n3,4      | n,m,2 | only one dim may be open",
      })
  void aTableThatDoesNotFitIsRefused(String text, String dims, String told) throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, text.replace("\\n", "\n"));
    assertThatThrownBy(() -> read(file, "", DType.FLOAT32, dims.split(",")))
        .hasMessageContaining(told)
        .hasMessageContaining("x.csv");
  }

  @Test
  void wholeNumbersMustBeWholeAndWithinTheirRange() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "\ufeff255\r\n1e1\r\n\r\n");
    assertThat(read(file, "", DType.UINT8, "n").dense().convert(DType.INT64).longs())
        .containsExactly(255, 10);
    for (String wrong : List.of("256", "0.5", "nan", "-1")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> read(file, "", DType.UINT8, "n"))
          .hasMessageContaining("row 1, column 1 is")
          .hasMessageContaining("which uint8 does not have");
    }
  }

  @Test
  void anArrayOfAnArchiveIsTakenByItsKeyOrName() {
    assertThat(read(resource("named.npz"), "y", DType.INT64, "n").longs()).containsExactly(0, 1);
    assertThat(read(resource("named.npz"), "", DType.FLOAT32, "n", "3").floats()).containsOnly(1);
    assertThatThrownBy(() -> read(resource("named.npz"), "z", DType.FLOAT32, "n", "3"))
        .hasMessageContaining("no array 'z' but [x, y]; say -i x=named.npz:KEY");
  }

  private static InputPlan two() {
    var builder = new GraphBuilder("net");
    Value x = builder.input("x", TensorType.of(DType.FLOAT32, "batch", "3"));
    Value y = builder.input("y", TensorType.of(DType.INT64, "batch"));
    return new InputPlan(builder.build(List.of(x, y), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"named.npz", "placed.npz"})
  void anArchiveGivesAllInputsByNameOrPlace(String file) {
    InputSet set = two().giveOthers(resource(file), FILES).draw(0);
    assertThat(((Tensor) Graphs.named(set.values(), "x")).floats()).hasSize(6).containsOnly(1);
    assertThat(((Tensor) Graphs.named(set.values(), "y")).longs()).containsExactly(0, 1);
    assertThat(set.drawn()).isFalse();
  }

  @Test
  void aFolderGivesAllInputsByNameOrPlace() throws IOException {
    Npy.write(folder.resolve("x.npy"), Tensor.ones(2, 3));
    assertThatThrownBy(() -> two().giveOthers(folder, FILES))
        .hasMessageContaining("nothing for [y: int64[batch]], only [x.npy]")
        .hasMessageContaining("-i NAME=auto");
    Files.writeString(folder.resolve("input_1.csv"), "7\n8\n");
    Npy.write(folder.resolve("output_0.npy"), Tensor.ones(1));
    InputSet set = two().giveOthers(folder, FILES).draw(0);
    assertThat(((Tensor) Graphs.named(set.values(), "y")).longs()).containsExactly(7, 8);
    assertThat(set.lines()).contains("input y: " + folder.resolve("input_1.csv"));
    Npy.write(folder.resolve("y.npy"), Tensor.ones(2));
    assertThatThrownBy(() -> two().giveOthers(folder, FILES))
        .hasMessageContaining("input 'y' has two files");
  }

  @Test
  void foldersInAFolderAreSetsInTheOrderOfTheirNumbers() throws IOException {
    List<Path> expected = new ArrayList<>();
    for (int i : new int[] {0, 2, 10}) {
      Path set = Files.createDirectory(folder.resolve("test_data_set_" + i));
      Npy.write(set.resolve("input_0.npy"), Tensor.ones(1));
      expected.add(set);
    }
    Files.createDirectory(folder.resolve("other"));
    assertThat(InputFolder.sets(folder)).isEqualTo(expected);
    assertThat(InputFolder.sets(expected.getFirst())).containsExactly(expected.getFirst());
    assertThatThrownBy(() -> InputFolder.sets(folder.resolve("other")))
        .hasMessageContaining("has no inputs: expected NAME.npy or input_0.pb");
  }

  @Test
  void aSizeThatIsAskedForAndAnotherInAFileAreRefused() {
    InputPlan plan = two().sizes(Map.of("batch", 4L), 1);
    assertThatThrownBy(() -> plan.giveOthers(resource("named.npz"), FILES).draw(0))
        .hasMessageContaining("dim 'batch' is 4 as asked for or in another input, but 2 in input");
  }
}
