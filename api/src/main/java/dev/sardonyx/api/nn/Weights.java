package dev.sardonyx.api.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the file that a {@link Model}'s weights come from, so that the compiler checks that they
 * fit: an entry that is missing, unexpected or of another type is a compile error, as it would be
 * an error of {@code load}. Only the file's header is read; nothing is loaded.
 *
 * <p>The model is checked as its constructor without arguments makes it. A change of the file alone
 * makes no build tool compile the class anew.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Weights {

  /**
   * A .safetensors file, or the .safetensors.index.json of several: its path in the folder that the
   * compiler's option {@code -Asardonyx.weights=DIR} names.
   */
  String value();

  /** Whether the weights are loaded with {@code cast()}: other element types fit as well. */
  boolean cast() default false;

  /** Whether they are loaded with {@code partial()}: what does not fit is no error if some does. */
  boolean partial() default false;
}
