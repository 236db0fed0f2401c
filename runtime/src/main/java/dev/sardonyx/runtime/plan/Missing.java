package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.ValueType;

/** What stands in the way of computing an operator. */
public sealed interface Missing {

  /** In words, to stand in brackets behind the operator's name. */
  String text();

  /** The code for machines, of an operator that lacks this. */
  Lack of(Op op);

  /** The operator as a whole. */
  record Operator() implements Missing {
    @Override
    public String text() {
      return "not in its vocabulary";
    }

    @Override
    public Lack of(Op op) {
      return Lack.operator(op.domain(), op.name(), op.sinceOpset());
    }
  }

  /** A type of elements or values. */
  record Type(Object type, String text) implements Missing {
    @Override
    public Lack of(Op op) {
      return Lack.type(op.name(), type);
    }
  }

  /** A value of an attribute. */
  record AttributeValue(String name, String text) implements Missing {
    @Override
    public Lack of(Op op) {
      return Lack.attribute(op.name(), name);
    }
  }

  /** An element type. */
  static Missing type(DType type) {
    return new Type(type, "element type " + type);
  }

  /** The type of an input. */
  static Missing type(ValueType type) {
    return new Type(type, "input of type " + type);
  }
}
