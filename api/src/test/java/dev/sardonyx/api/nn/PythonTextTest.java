package dev.sardonyx.api.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.apitest.Golden;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PythonTextTest {
  @Test
  void printsDoublesAsPythonDoes() {
    for (String[] row : Golden.rows("python_floats.csv")) {
      double value = Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(row[0]));
      assertThat(PythonText.of(value)).isEqualTo(row[1]);
    }
  }
}
