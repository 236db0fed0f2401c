package dev.sardonyx.runtime.generate.model;

/**
 * A @Layer field.
 *
 * @param name the Java name
 * @param torchName its name in the state_dict; @Layer says it where it differs
 * @param type the declared type
 * @param nullable whether some uses of the class are without it
 * @param value what makes it; names in it are constructor parameters
 */
public record Field(
    String name, String torchName, TypeName type, boolean nullable, Expression value) {}
