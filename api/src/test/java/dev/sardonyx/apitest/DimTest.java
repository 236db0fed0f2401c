package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

class DimTest {
  private static final Dim A = Dim.parse("a");
  private static final Dim B = Dim.parse("b");
  private static final List<Map<String, Long>> SIZES =
      List.of(
          Map.of("a", 1L, "b", 1L),
          Map.of("a", 2L, "b", 7L),
          Map.of("a", 9L, "b", 4L),
          Map.of("a", 0L, "b", 5L),
          Map.of("a", 13L, "b", 6L));

  /** An expression as a dim, and the same computed in numbers. */
  private record Pair(Dim dim, List<Long> values) {
    static Pair of(Dim dim) {
      return new Pair(dim, SIZES.stream().map(sizes -> dim.bind(sizes).fixed()).toList());
    }
  }

  private static List<Pair> expressions(long seed) {
    var random = new Random(seed);
    List<Pair> pool = new ArrayList<>(List.of(Pair.of(A), Pair.of(B), Pair.of(Dim.of(3))));
    for (int i = 0; i < 12; i++) {
      Pair x = pool.get(random.nextInt(pool.size()));
      Pair y = pool.get(random.nextInt(pool.size()));
      long n = random.nextInt(1, 5);
      pool.add(
          switch (random.nextInt(5)) {
            case 0 -> combine(x.dim().plus(y.dim()), x, y, Long::sum);
            case 1 -> combine(x.dim().times(y.dim()), x, y, (a, b) -> a * b);
            case 2 -> combine(x.dim().plus(-n), x, y, (a, _) -> a - n);
            case 3 -> combine(x.dim().floorDiv(n), x, y, (a, _) -> Math.floorDiv(a, n));
            default -> combine(x.dim().ceilDiv(n), x, y, (a, _) -> Math.ceilDiv(a, n));
          });
    }
    return pool;
  }

  private static Pair combine(Dim dim, Pair x, Pair y, LongBinaryOperator operation) {
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < SIZES.size(); i++) {
      values.add(operation.applyAsLong(x.values().get(i), y.values().get(i)));
    }
    return new Pair(dim, values);
  }

  @Test
  void arithmeticOnSymbolsIsArithmeticOnTheirSizes() {
    for (long seed = 0; seed < 300; seed++) {
      for (Pair pair : expressions(seed)) {
        for (int i = 0; i < SIZES.size(); i++) {
          assertThat(pair.dim().bind(SIZES.get(i)))
              .as("seed %s: %s at %s", seed, pair.dim(), SIZES.get(i))
              .isEqualTo(Dim.of(pair.values().get(i)));
        }
      }
    }
  }

  @Test
  void sumsAndProductsHaveOneFormInWhateverOrder() {
    for (long seed = 0; seed < 100; seed++) {
      List<Pair> pool = expressions(seed);
      Dim x = pool.get(pool.size() - 1).dim();
      Dim y = pool.get(pool.size() - 2).dim();
      Dim z = pool.get(pool.size() - 3).dim();
      assertThat(x.plus(y)).isEqualTo(y.plus(x));
      assertThat(x.times(y)).isEqualTo(y.times(x));
      assertThat(x.plus(y).plus(z)).isEqualTo(x.plus(y.plus(z)));
      assertThat(x.times(y.plus(z))).isEqualTo(x.times(y).plus(x.times(z)));
      assertThat(x.plus(y).plus(y.times(Dim.of(-1)))).isEqualTo(x);
    }
  }

  @Test
  void aQuotientOfAProductByItsFactorIsTheOtherFactor() {
    assertThat(A.times(B).times(Dim.of(6)).exactQuotient(A.times(Dim.of(2))))
        .isEqualTo(B.times(Dim.of(3)));
    assertThat(A.plus(1).exactQuotient(A)).isInstanceOf(Dim.Unknown.class);
    assertThat(A.plus(1).times(B).exactQuotient(B)).isEqualTo(A.plus(1));
  }

  @Test
  void whatDividesEvenlyLeavesNoQuotient() {
    assertThat(A.times(Dim.of(4)).plus(2).floorDiv(2).toString()).isEqualTo("2*a + 1");
    assertThat(A.times(Dim.of(2)).plus(3).floorDiv(2).toString()).isEqualTo("a + 1");
    assertThat(A.plus(5).floorDiv(2).toString()).isEqualTo("floor((a + 1)/2) + 2");
  }

  @Test
  void unknownIsTheSameAsNothing() {
    Dim unknown = Dim.parse("?");
    assertThat(unknown.sameAs(unknown)).isFalse();
    assertThat(unknown.differsFrom(Dim.of(1))).isFalse();
    assertThat(unknown.plus(1)).isEqualTo(unknown);
    assertThat(A.times(unknown)).isEqualTo(unknown);
  }

  @Test
  void dimsDifferOnlyWhenNoSizeMakesThemEqual() {
    assertThat(Dim.of(2).differsFrom(Dim.of(3))).isTrue();
    assertThat(A.differsFrom(A.plus(1))).isTrue();
    assertThat(A.differsFrom(B)).isFalse();
    assertThat(A.differsFrom(Dim.of(3))).isFalse();
    assertThat(A.plus(B).differsFrom(B.plus(A))).isFalse();
  }

  @Test
  void aSymbolNamedLikeAnExpressionIsNotThatExpression() {
    Dim product = A.times(B).plus(1);
    Dim name = Dim.parse("a*b").plus(1);
    assertThat(name).isNotEqualTo(product);
    assertThat(product.differsFrom(name)).isFalse();
    assertThat(name.toString()).isEqualTo("\"a*b\" + 1");
  }

  @Test
  void sizesBeyond64BitsAreALimitAndNotAWrongNumber() {
    Errors.expect(
        ErrorCode.LIMIT, () -> Dim.of(1L << 40).times(Dim.of(1L << 40)), "exceeds 64 bits");
    Errors.expect(ErrorCode.LIMIT, () -> Dim.of(Long.MAX_VALUE).plus(1), "exceeds 64 bits");
  }

  @Test
  void expressionsDoNotGrowWithoutEnd() {
    Errors.expect(
        ErrorCode.LIMIT,
        () -> {
          Dim dim = A.plus(1).floorDiv(3);
          for (int i = 0; i < 60; i++) {
            dim = dim.times(dim).plus(B).floorDiv(3);
          }
        },
        "more than 1000 symbols");
  }
}
