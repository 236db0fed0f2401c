package dev.sardonyx.api.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a module class as a model that can be made by name, with its constructor without
 * arguments. Classes that are only parts of models need no {@code @Model}: their {@link Layer}
 * fields suffice.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Model {

  /** The registered name; by default the class's in kebab case: SimpleFfn is simple-ffn. */
  String value() default "";

  /** The class name that describe() shows, where PyTorch's differs from Java's. */
  String describedAs() default "";
}
