package dev.sardonyx.runtime.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import org.junit.jupiter.api.Test;

class TextComputationsTest {
  @Test
  void stringsThatNoArrayHoldsAreRefusedBeforeTheyAreJoined() {
    assertThat(TextComputations.joinedLength(1 << 20, 3)).isEqualTo((1 << 20) + 3);
    assertThatThrownBy(() -> TextComputations.joinedLength(1 << 30, 1 << 30))
        .isInstanceOfSatisfying(
            SardonyxException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT))
        .hasMessageContaining("2147483648 characters");
  }
}
