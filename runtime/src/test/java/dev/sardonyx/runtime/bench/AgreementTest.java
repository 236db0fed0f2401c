package dev.sardonyx.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static SequencedMap<Contender, Map<String, Data>> outputs(float... second) {
    SequencedMap<Contender, Map<String, Data>> outputs = new LinkedHashMap<>();
    for (float value : second) {
      Tensor tensor = Tensor.of(new float[] {1, value}, 2);
      outputs.put(new Contender("e" + outputs.size(), "-"), Map.of("y", tensor));
    }
    return outputs;
  }

  @Test
  void equalOutputsAgree() {
    Agreement.require(outputs(2, 2, 2), name -> false, (_, type) -> Tolerance.ofModel(type));
  }

  @Test
  void oneThatDiffersIsNamedWithItsReference() {
    assertThatThrownBy(
            () ->
                Agreement.require(
                    outputs(2, 3, 2), name -> false, (_, type) -> Tolerance.ofModel(type)))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.CHECK))
        .hasMessageContaining("e1 and e2 differ");
  }

  @Test
  void randomOutputsAreLeftOut() {
    Agreement.require(outputs(2, 3), "y"::equals, (_, type) -> Tolerance.ofModel(type));
  }
}
