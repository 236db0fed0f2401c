package dev.sardonyx.processor.model;

/** What is true of a class besides its members. */
public enum Trait {
  /** A class or record, and not an interface, enum or annotation. */
  CLASS,
  /** A record. */
  RECORD,
  /** It implements NnModule. */
  MODULE,
  /** It implements UnaryModule. */
  UNARY,
  /** It is abstract. */
  ABSTRACT,
  /** It, or a class around it whose instance it needs, has type parameters. */
  GENERIC,
  /** It needs an instance of the class around it. */
  INNER,
  /** It, or a class around it, is private. */
  PRIVATE,
  /** Using it, one of its members or its forward draws a deprecation warning. */
  DEPRECATED
}
