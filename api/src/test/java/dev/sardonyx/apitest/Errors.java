package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Errors that tests expect, by code and by what their message must name. */
public final class Errors {
  private Errors() {}

  /** The error of a code that a call throws, whose message holds these texts. */
  public static SardonyxException expect(ErrorCode code, ThrowingCallable call, String... texts) {
    SardonyxException error = catchThrowableOfType(SardonyxException.class, call);
    assertThat(error).as("an error is thrown").isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(error.getMessage()).contains(texts);
    return error;
  }
}
