package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of an LSTM and a GRU of every set, for the second of three samples. */
class GatedCellTest {
  private static final int[] SIZES = {1, 7, 16, 31, 32, 33, 64, 100, 128};
  private static final int INPUT_ROW = 3;
  private static final int Y_ROW = 2;

  static Stream<Kernels> sets() {
    return Stream.concat(Sets.kernels(), Stream.of(Sets.twins()));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void anLstmIsWhatItsDefinitionSays(Kernels kernels) {
    for (int size : SIZES) {
      for (Memory memory : Memory.values()) {
        GatedCell cell = cell(kernels, size, 4, memory);
        GatedCell before = copy(cell, memory);
        kernels.lstm(cell, 1, INPUT_ROW, Y_ROW);
        for (int i = 0; i < size; i++) {
          double[] gates = new double[4];
          for (int gate = 0; gate < 4; gate++) {
            gates[gate] = product(before, 4, gate, i) + input(before, 4, gate, i);
          }
          int at = cell.pitch() + i;
          double next =
              sigmoid(gates[2]) * Floats.get(before.cell(), at)
                  + sigmoid(gates[0]) * Math.tanh(gates[3]);
          double hidden = sigmoid(gates[1]) * Math.tanh(next);
          assertThat((double) Floats.get(cell.cell(), at)).isCloseTo(next, within(1e-6));
          assertThat((double) Floats.get(cell.hidden(), at)).isCloseTo(hidden, within(1e-6));
        }
        requireOnlyItsRows(cell, before);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void aGruIsWhatItsDefinitionSays(Kernels kernels) {
    for (int size : SIZES) {
      for (Memory memory : Memory.values()) {
        GatedCell cell = cell(kernels, size, 3, memory);
        GatedCell before = copy(cell, memory);
        kernels.gru(cell, 1, INPUT_ROW, Y_ROW);
        for (int i = 0; i < size; i++) {
          double update = sigmoid(product(before, 3, 0, i) + input(before, 3, 0, i));
          double reset = sigmoid(product(before, 3, 1, i) + input(before, 3, 1, i));
          double own = Math.tanh(reset * product(before, 3, 2, i) + input(before, 3, 2, i));
          int at = cell.pitch() + i;
          double hidden = (1 - update) * own + update * Floats.get(before.hidden(), at);
          assertThat((double) Floats.get(cell.hidden(), at)).isCloseTo(hidden, within(1e-6));
        }
        requireOnlyItsRows(cell, before);
      }
    }
  }

  @Test
  void whatComesBeforeCompilingHasTheSameBits() {
    for (int gates = 3; gates <= 4; gates++) {
      GatedCell vectors = cell(Sets.vectors(), 100, gates, Memory.NATIVE);
      GatedCell twins = copy(vectors, Memory.NATIVE);
      step(Sets.vectors(), vectors, gates);
      step(Sets.twins(), twins, gates);
      assertThat(Sets.array(vectors.hidden())).isEqualTo(Sets.array(twins.hidden()));
      assertThat(Sets.array(vectors.cell())).isEqualTo(Sets.array(twins.cell()));
    }
  }

  /** The set that computes in float64, on the same values. */
  @Test
  void doublesAgreeWithFloats() {
    for (int gates = 3; gates <= 4; gates++) {
      GatedCell floats = cell(Kernels.scalar(), 7, gates, Memory.HEAP);
      GatedCell doubles = widened(floats);
      step(Kernels.scalar(), floats, gates);
      step(Kernels.doubles(), doubles, gates);
      for (int i = 0; i < 7; i++) {
        double found = Doubles.get(doubles.hidden(), floats.pitch() + i);
        assertThat(found).isCloseTo(Floats.get(floats.hidden(), floats.pitch() + i), within(1e-6));
        MemorySegment y = Objects.requireNonNull(doubles.y());
        assertThat(Doubles.get(y, Y_ROW * 7L + i)).isEqualTo(found);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void endsOfTheCurvesAreExactAndNanStays(Kernels kernels) {
    int pitch = kernels.panelWidth();
    GatedCell cell = cell(kernels, 2, 4, Memory.NATIVE);
    for (int gate = 0; gate < 4; gate++) {
      Floats.set(cell.products(), 4L * pitch + gate * pitch, Float.POSITIVE_INFINITY);
      Floats.set(cell.products(), 4L * pitch + gate * pitch + 1, Float.NaN);
    }
    Floats.set(cell.cell(), pitch, 100);
    kernels.lstm(cell, 1, INPUT_ROW, Y_ROW);
    assertThat(Floats.get(cell.cell(), pitch)).isEqualTo(101);
    assertThat(Floats.get(cell.hidden(), pitch)).isEqualTo(1);
    assertThat(Floats.get(cell.hidden(), pitch + 1L)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void thereNeedsNoBeY(Kernels kernels) {
    for (int gates = 3; gates <= 4; gates++) {
      GatedCell with = cell(kernels, 33, gates, Memory.NATIVE);
      GatedCell all = copy(with, Memory.NATIVE);
      GatedCell without =
          new GatedCell(
              33, all.pitch(), all.products(), all.inputs(), all.hidden(), all.cell(), null);
      step(kernels, with, gates);
      step(kernels, without, gates);
      assertThat(Sets.array(without.hidden())).isEqualTo(Sets.array(with.hidden()));
    }
  }

  private static void step(Kernels kernels, GatedCell cell, int gates) {
    if (gates == 4) {
      kernels.lstm(cell, 1, INPUT_ROW, Y_ROW);
    } else {
      kernels.gru(cell, 1, INPUT_ROW, Y_ROW);
    }
  }

  private static GatedCell cell(Kernels kernels, int size, int gates, Memory memory) {
    int pitch = Math.ceilDiv(size, kernels.panelWidth()) * kernels.panelWidth();
    return new GatedCell(
        size,
        pitch,
        memory.of(Sets.random(3 * gates * pitch, 1)),
        memory.of(Sets.random(4 * gates * pitch, 2)),
        memory.of(Sets.random(3 * pitch, 3)),
        memory.of(Sets.random(3 * pitch, 4)),
        memory.of(4 * size));
  }

  private static GatedCell copy(GatedCell cell, Memory memory) {
    return new GatedCell(
        cell.size(),
        cell.pitch(),
        memory.of(Sets.array(cell.products())),
        memory.of(Sets.array(cell.inputs())),
        memory.of(Sets.array(cell.hidden())),
        memory.of(Sets.array(cell.cell())),
        memory.of(4 * cell.size()));
  }

  private static GatedCell widened(GatedCell cell) {
    return new GatedCell(
        cell.size(),
        cell.pitch(),
        widened(cell.products()),
        widened(cell.inputs()),
        widened(cell.hidden()),
        widened(cell.cell()),
        MemorySegment.ofArray(new double[4 * cell.size()]));
  }

  private static MemorySegment widened(MemorySegment floats) {
    float[] values = Sets.array(floats);
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return MemorySegment.ofArray(result);
  }

  /** Y has the new state in its row, and nothing else is written but the sample's own. */
  private static void requireOnlyItsRows(GatedCell cell, GatedCell before) {
    int pitch = cell.pitch();
    int size = cell.size();
    for (MemorySegment y : Stream.ofNullable(cell.y()).toList()) {
      for (int i = 0; i < 4 * size; i++) {
        boolean own = i / size == Y_ROW;
        float expected = own ? Floats.get(cell.hidden(), pitch + i % size) : 0;
        assertThat(Floats.get(y, i)).isEqualTo(expected);
      }
    }
    for (int sample : List.of(0, 2)) {
      for (int i = sample * pitch; i < (sample + 1) * pitch; i++) {
        assertThat(Floats.get(cell.hidden(), i)).isEqualTo(Floats.get(before.hidden(), i));
        assertThat(Floats.get(cell.cell(), i)).isEqualTo(Floats.get(before.cell(), i));
      }
    }
    assertThat(Sets.array(cell.inputs())).isEqualTo(Sets.array(before.inputs()));
  }

  private static double product(GatedCell cell, int gates, int gate, int i) {
    return Floats.get(cell.products(), (long) (gates + gate) * cell.pitch() + i);
  }

  private static double input(GatedCell cell, int gates, int gate, int i) {
    return Floats.get(cell.inputs(), (long) (INPUT_ROW * gates + gate) * cell.pitch() + i);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
