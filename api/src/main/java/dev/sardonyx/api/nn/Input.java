package dev.sardonyx.api.nn;

import dev.sardonyx.api.type.DType;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The type of a parameter of {@link Forward}: {@code @Input({"batch", "1", "28", "28"})}. A dim of
 * digits is a size, a name a symbol: the same name means the same size. The input is named after
 * the parameter.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Input {

  /** The dims, outermost first. */
  String[] value();

  /** The element type. */
  DType dtype() default DType.FLOAT32;
}
