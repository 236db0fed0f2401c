package dev.sardonyx.api.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one method that computes a module: it takes Tensors and returns a Tensor, or a record of
 * Tensors when there are several outputs, which are then named after the record's components.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Forward {}
