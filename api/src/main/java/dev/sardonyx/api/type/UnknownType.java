package dev.sardonyx.api.type;

/**
 * A type of which nothing is known: what an operator outside the vocabulary gives, where the file
 * does not declare it. Nothing that uses such a value is checked.
 */
public record UnknownType() implements ValueType {
  @Override
  public String toString() {
    return "?";
  }
}
