package dev.sardonyx.processor.model;

import java.util.List;
import javax.lang.model.element.Element;

/** Whether a descriptor can call the constructor without arguments. */
public sealed interface Construction {

  /** It can. */
  record Possible() implements Construction {}

  /** There is none; there are these. */
  record Missing(List<String> others) implements Construction {}

  /** It is private. */
  record Private(Element constructor) implements Construction {}

  /** It declares these checked exceptions. */
  record Throws(Element constructor, List<String> exceptions) implements Construction {}
}
