package dev.sardonyx.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Cast.RoundMode;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
  private static final List<DType> EIGHT_BITS =
      List.of(DType.FLOAT8E4M3FN, DType.FLOAT8E4M3FNUZ, DType.FLOAT8E5M2, DType.FLOAT8E5M2FNUZ);

  private static DenseTensor doubles(double... values) {
    return DenseTensor.copy(
        DType.FLOAT64, Shape.of(values.length), MemorySegment.ofArray(values.clone()));
  }

  private static DenseTensor longs(DType dtype, long... values) {
    return DenseTensor.copy(dtype, Shape.of(values.length), MemorySegment.ofArray(values.clone()));
  }

  private static DenseTensor cast(DenseTensor x, DType to, boolean saturate, RoundMode mode) {
    MemorySegment out = DenseTensor.allocate(to, x.shape());
    new Conversion(x.dtype(), to, saturate, mode).run(x.segment(), out, x.elements());
    return DenseTensor.view(to, x.shape(), out);
  }

  private static double[] numbers(DenseTensor x) {
    return LongStream.range(0, x.elements()).mapToDouble(x::doubleAt).toArray();
  }

  private static double[] as(DType type, double... values) {
    return numbers(doubles(values).convert(type));
  }

  /** A number of 8 bits by the formulas of ONNX's page on them. */
  private static double formula(DType type, int code) {
    boolean five = type == DType.FLOAT8E5M2 || type == DType.FLOAT8E5M2FNUZ;
    boolean unsignedZero = type == DType.FLOAT8E4M3FNUZ || type == DType.FLOAT8E5M2FNUZ;
    int m = five ? 2 : 3;
    int bias = (five ? 15 : 7) + (unsignedZero ? 1 : 0);
    double sign = code >= 128 ? -1 : 1;
    int exponent = (code & 127) / (1 << m);
    double mantissa = (double) (code % (1 << m)) / (1 << m);
    if (unsignedZero && code == 128) {
      return Double.NaN;
    }
    if (type == DType.FLOAT8E4M3FN && (code & 127) == 127) {
      return Double.NaN;
    }
    if (type == DType.FLOAT8E5M2 && exponent == 31) {
      return mantissa == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.pow(2, 1 - bias) * mantissa
        : sign * Math.pow(2, exponent - bias) * (1 + mantissa);
  }

  private static double[] codes(DType type) {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return numbers(DenseTensor.copy(type, Shape.of(256), MemorySegment.ofArray(all)));
  }

  @Test
  void everyCodeOfEightBitsHasTheNumberOfTheFormula() {
    for (DType type : EIGHT_BITS) {
      double[] expected = IntStream.range(0, 256).mapToDouble(i -> formula(type, i)).toArray();
      assertThat(codes(type)).as(type.toString()).isEqualTo(expected);
    }
    assertThat(Arrays.copyOf(codes(DType.FLOAT8E8M0), 3))
        .containsExactly(0x1p-127, 0x1p-126, 0x1p-125);
    assertThat(codes(DType.FLOAT8E8M0)[254]).isEqualTo(0x1p127);
    assertThat(codes(DType.FLOAT8E8M0)[255]).isNaN();
  }

  @Test
  void floatsOfEightBitsAreTheNearestOfAllCodesAndOfTwoTheEven() {
    var random = new Random(1);
    for (DType type : EIGHT_BITS) {
      double[] all = codes(type);
      double largest = Arrays.stream(all).filter(Double::isFinite).max().orElseThrow();
      for (int i = 0; i < 20_000; i++) {
        double value = random.nextGaussian() * Math.scalb(1.0, random.nextInt(40) - 22);
        if (i < 255 && Double.isFinite(all[i]) && Double.isFinite(all[i + 1])) {
          value = (all[i] + all[i + 1]) / 2; // between two codes
        }
        int best = 0;
        for (int code = 0; code < 256; code++) {
          double nearer = Math.abs(all[code] - value) - Math.abs(all[best] - value);
          best = nearer < 0 || nearer == 0 && code % 2 == 0 && best % 2 == 1 ? code : best;
        }
        double expected = Math.abs(value) > largest ? Math.copySign(largest, value) : all[best];
        assertThat(as(type, value)[0] + 0.0).as(type + " " + value).isEqualTo(expected + 0.0);
        if (Math.abs(value) < largest) {
          DenseTensor strict = cast(doubles(value), type, false, RoundMode.UP);
          assertThat(strict.doubleAt(0) + 0.0).isEqualTo(expected + 0.0);
        }
      }
    }
  }

  /** The two tables of ONNX Cast. */
  @Test
  void whatIsBeyondEightBitsSaturatesOrDoesNot() {
    double inf = Double.POSITIVE_INFINITY;
    double[] x = {0.0, -0.0, Double.NaN, inf, -inf, 1e6, -1e6};
    double[][] saturated = {
      {0.0, -0.0, Double.NaN, 448, -448, 448, -448},
      {0.0, 0.0, Double.NaN, 240, -240, 240, -240},
      {0.0, -0.0, Double.NaN, 57344, -57344, 57344, -57344},
      {0.0, 0.0, Double.NaN, 57344, -57344, 57344, -57344},
    };
    double nan = Double.NaN;
    double[][] strict = {
      {0.0, -0.0, nan, nan, nan, nan, nan},
      {0.0, 0.0, nan, nan, nan, nan, nan},
      {0.0, -0.0, nan, inf, -inf, inf, -inf},
      {0.0, 0.0, nan, nan, nan, nan, nan},
    };
    for (int i = 0; i < EIGHT_BITS.size(); i++) {
      DType type = EIGHT_BITS.get(i);
      assertThat(numbers(cast(doubles(x), type, true, RoundMode.UP))).isEqualTo(saturated[i]);
      assertThat(numbers(cast(doubles(x), type, false, RoundMode.UP))).isEqualTo(strict[i]);
    }
    // Just below and at half of a step beyond the largest.
    assertThat(numbers(cast(doubles(463.9, 464.1), DType.FLOAT8E4M3FN, false, RoundMode.UP)))
        .containsExactly(448, nan);
  }

  @Test
  void scalesGoToAPowerOfTwo() {
    double inf = Double.POSITIVE_INFINITY;
    DenseTensor x = doubles(0.124, 1.1, 1.5, 2, 3.1, 0, Double.NaN, inf, 0x1.8p127, 1e-40);
    assertThat(numbers(cast(x, DType.FLOAT8E8M0, true, RoundMode.UP)))
        .containsExactly(0.125, 2, 2, 2, 4, 0x1p-127, Double.NaN, 0x1p127, 0x1p127, 0x1p-127);
    assertThat(numbers(cast(x, DType.FLOAT8E8M0, true, RoundMode.DOWN)))
        .containsExactly(0.0625, 1, 1, 2, 2, 0x1p-127, Double.NaN, 0x1p127, 0x1p127, 0x1p-127);
    assertThat(numbers(cast(x, DType.FLOAT8E8M0, false, RoundMode.NEAREST)))
        .containsExactly(
            0.125, 1, 2, 2, 4, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void fourBitsOfFloatTakeTheNearest() {
    assertThat(as(DType.FLOAT4E2M1, 0.25, 0.26, 0.75, 1.25, 1.75, 2.5, 3.5, 5, 5.1, -9, 1e30, -0.0))
        .containsExactly(0, 0.5, 1, 1, 2, 2, 4, 4, 6, -6, 6, -0.0);
    assertThat(as(DType.FLOAT4E2M1, Double.NEGATIVE_INFINITY, Double.NaN))
        .containsExactly(-6, -0.0);
  }

  /** Golden numbers from NumPy; a detour by float32 would lose what is added last. */
  @Test
  void eachNumberIsRoundedOnce() {
    assertThat(as(DType.FLOAT16, 1 + 0x1p-11 + 0x1p-40, 1 + 0x1p-11, 65519.99, 65520))
        .containsExactly(1 + 0x1p-10, 1, 65504, Double.POSITIVE_INFINITY);
    assertThat(as(DType.BFLOAT16, 1 + 0x1p-8 + 0x1p-40, 1 + 0x1p-8, 0x1p-134, 0x1.1p-134, 3.4e38))
        .containsExactly(1 + 0x1p-7, 1, 0, 0x1p-133, Double.POSITIVE_INFINITY);
    long large = (1L << 62) + 1;
    DenseTensor x = longs(DType.INT64, large + (1L << 38), large + (1L << 54), Long.MIN_VALUE);
    assertThat(numbers(x.convert(DType.FLOAT32))).startsWith(0x1p62 + 0x1p39).endsWith(-0x1p63);
    assertThat(x.convert(DType.BFLOAT16).doubleAt(1)).isEqualTo(0x1p62 + 0x1p55);
    DenseTensor unsigned = longs(DType.UINT64, -1, Long.MIN_VALUE + (1L << 39) + 1);
    assertThat(numbers(unsigned.convert(DType.FLOAT32))).containsExactly(0x1p64, 0x1p63 + 0x1p40);
  }

  @Test
  void halvesOfAllBitsComeBack() {
    for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
      short[] bits = new short[1 << 16];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = (short) i;
      }
      DenseTensor all = DenseTensor.copy(type, Shape.of(bits.length), MemorySegment.ofArray(bits));
      for (DType wide : List.of(DType.FLOAT32, DType.FLOAT64)) {
        assertThat(numbers(all.convert(wide).convert(type))).isEqualTo(numbers(all));
      }
    }
  }

  /** Golden numbers from NumPy 1.24 on x86-64, and ONNX Runtime's. */
  @Test
  void floatsAreCutToIntegersAndToTheirLowBits() {
    double inf = Double.POSITIVE_INFINITY;
    double[] x = {Double.NaN, inf, -inf, 3e9, -3e9, 1e20, 300.7, -300.7, -1.5};
    assertThat(as(DType.INT8, x)).containsExactly(0, 0, 0, 0, 0, 0, 44, -44, -1);
    assertThat(as(DType.UINT8, x)).containsExactly(0, 0, 0, 0, 0, 0, 44, 212, 255);
    assertThat(as(DType.UINT16, x)).containsExactly(0, 0, 0, 0, 0, 0, 300, 65236, 65535);
    double least = -0x1p31;
    assertThat(as(DType.INT32, x))
        .containsExactly(least, least, least, least, least, least, 300, -300, -1);
    assertThat(as(DType.UINT32, 3e9, -300.7, -1.5, 4e9))
        .containsExactly(3e9, 4294966996.0, 4294967295.0, 4e9);
    assertThat(as(DType.INT64, x))
        .containsExactly(-0x1p63, -0x1p63, -0x1p63, 3e9, -3e9, -0x1p63, 300, -300, -1);
    assertThat(as(DType.UINT64, 0x1p63, 0x1.8p63, 5)).containsExactly(0x1p63, 0x1.8p63, 5);
    assertThat(as(DType.BOOL, 0, -0.0, Double.NaN, 0.1)).containsExactly(0, 0, 1, 1);
  }

  /** Source: ONNX, "4 bit integer types": rounded, ties to even, and cut to the low bits. */
  @Test
  void floatsAreRoundedToIntegersUnderAByte() {
    double[] x = {0.6, 1.5, 2.5, -0.6, 9, -9, 20, 15, -8};
    assertThat(as(DType.INT4, x)).containsExactly(1, 2, 2, -1, -7, 7, 4, -1, -8);
    assertThat(as(DType.UINT4, x)).containsExactly(1, 2, 2, 15, 9, 7, 4, 15, 8);
    assertThat(as(DType.INT2, -3, -2, -1, 0, 1, 2, 3)).containsExactly(1, -2, -1, 0, 1, -2, -1);
    assertThat(as(DType.UINT2, -3, -2, -1, 0, 1, 2, 3)).containsExactly(1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void packedElementsFillTheLowBitsFirstAndTheLastByteWithZeros() {
    DenseTensor four = longs(DType.INT64, -1, 2, 3, -8, 7).convert(DType.INT4);
    assertThat(four.segment().toArray(ValueLayout.JAVA_BYTE)).containsExactly(0x2F, 0x83, 0x07);
    assertThat(numbers(four)).containsExactly(-1, 2, 3, -8, 7);
    DenseTensor two = longs(DType.INT64, 0, 1, 2, 3, 3).convert(DType.UINT2);
    assertThat(two.segment().toArray(ValueLayout.JAVA_BYTE)).containsExactly(0xE4, 0x03);
    assertThat(four).hasToString("int4[5] {-1, 2, 3, -8, 7}");
  }

  @Test
  void integersKeepTheirLowBits() {
    DenseTensor x = longs(DType.INT64, 200, -129, 1L << 40);
    assertThat(numbers(x.convert(DType.INT8))).containsExactly(-56, 127, 0);
    assertThat(numbers(x.convert(DType.UINT32))).containsExactly(200, 4294967167.0, 0);
    assertThat(numbers(x.convert(DType.BOOL))).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void smallNumbersGoFromEveryTypeToEveryOther(DType from) {
    if (!Elements.TYPES.contains(from)) {
      assertThatThrownBy(() -> doubles(1).convert(from)).isInstanceOf(SardonyxException.class);
      return;
    }
    for (DType to : Elements.TYPES) {
      double[] ones = numbers(doubles(1, 1, 1).convert(from).convert(to));
      assertThat(ones).as(from + " to " + to).containsExactly(1, 1, 1);
    }
  }

  @Test
  void nothingIsConvertedToNothing() {
    for (DType to : Elements.TYPES) {
      assertThat(doubles().convert(to).elements()).isZero();
      DenseTensor scalar = Tensor.scalar(1f).dense().convert(to);
      assertThat(scalar.doubleAt(0)).isEqualTo(1);
    }
  }
}
