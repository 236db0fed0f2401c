package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTest {
  private static final String LONG = "a".repeat(1_000_000) + "z";

  @Test
  void whatAFileCallsThingsIsToldInPart() {
    var error = new SardonyxException(ErrorCode.FORMAT, "no file " + LONG).at(LONG).in("m.onnx");
    assertThat(error).hasMessageStartingWith("[Format] no file aaa").hasMessageEndingWith("m.onnx");
    assertThat(error.getMessage()).contains("az, at aaa").hasSizeLessThan(1000);
    assertThat(error.reason()).hasSizeLessThan(800);
  }

  @Test
  void whatIsLackingIsToldInFull() {
    var error = SardonyxException.unsupported(LONG, List.of(Lack.opset("", 99)));
    assertThat(error.reason()).isEqualTo(LONG);
    assertThat(new SardonyxException(ErrorCode.STATE, LONG).reason()).isEqualTo(LONG);
  }
}
