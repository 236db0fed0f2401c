package dev.sardonyx.api.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a field part of its module: a child module, a Parameter or a Buffer. Fields count in the
 * order in which they are declared; one that is null counts as not there, like None in PyTorch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Layer {

  /** The name in PyTorch, where it differs from the field's, so that state_dict keys match. */
  String value() default "";
}
