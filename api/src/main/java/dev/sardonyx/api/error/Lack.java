package dev.sardonyx.api.error;

import java.io.Serializable;

/**
 * One thing that is not supported, as a short code that programs compare and count.
 *
 * @param code {@code op:ai.onnx:Loop:21}, {@code dtype:Conv:float16}, {@code attr:Conv:group},
 *     {@code opset:ai.onnx:28} or {@code ir:15}
 */
public record Lack(String code) implements Serializable {

  /** An operator as a whole, in the form of an opset; an empty domain is ai.onnx. */
  public static Lack operator(String domain, String name, int opset) {
    return new Lack("op:" + domain(domain) + ":" + name + ":" + opset);
  }

  /** An element type, or the type of a value, that an operator takes elsewhere. */
  public static Lack type(String operator, Object type) {
    return new Lack("dtype:" + operator + ":" + type);
  }

  /** An attribute, or a value of it, that an operator has elsewhere. */
  public static Lack attribute(String operator, String name) {
    return new Lack("attr:" + operator + ":" + name);
  }

  /** A version of a domain. */
  public static Lack opset(String domain, long version) {
    return new Lack("opset:" + domain(domain) + ":" + version);
  }

  /** A version of the file format. */
  public static Lack irVersion(long version) {
    return new Lack("ir:" + version);
  }

  private static String domain(String domain) {
    return domain.isEmpty() ? "ai.onnx" : domain;
  }
}
