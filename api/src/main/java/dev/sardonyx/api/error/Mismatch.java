package dev.sardonyx.api.error;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * What a layer or an operator expects and what came instead, for tools that explain errors or mend
 * code. An error has one only where shapes or element types certainly contradict each other,
 * whatever sizes the symbols in them stand for; an error without one may only mean that something
 * is not known here. Texts are empty where there is nothing to say.
 *
 * @param law what does not hold, in CamelCase: a layer's argument ({@code InFeatures}, {@code
 *     NumFeatures}, {@code NormalizedShape}), or {@code Rank}, {@code Axis}, {@code Index}, {@code
 *     DType}, {@code Broadcast}, {@code MatMul}, {@code Reshape}, {@code Unflatten}, {@code
 *     Squeeze}, {@code Cat}, {@code Split} (also of a dim that a factor does not divide), {@code
 *     Window} (a kernel larger than the padded input), {@code Pad}, {@code Target} (of a loss),
 *     {@code Batch}, {@code Length}, {@code Channels}, or {@code Shape} for what is none of these
 * @param owner the layer, function or operator: {@code Linear}
 * @param argument the Java name of the layer's argument that says what it expects: {@code
 *     inFeatures}; where the law has its name, the layer would fit with what was found as its value
 * @param expected what the layer has or takes: {@code 1000}, or {@code [N, 3, H, W] or [3, H, W]}
 * @param found what came in its place: the dim, {@code 3136} or {@code 2*seq + 1}; for a rank the
 *     shape, for an element type its name
 * @param type the type of the tensor that came: {@code float32[batch, 3136]}
 * @param formula how what was found came to be: {@code 64 * 7 * 7 = 3136}
 */
public record Mismatch(
    String law,
    String owner,
    String argument,
    String expected,
    String found,
    String type,
    String formula)
    implements Serializable {
  /** A file's symbols may have millions of characters. */
  private static final int LONGEST = 300;

  /** Long texts are shortened in the middle. */
  public Mismatch {
    expected = SardonyxException.shortened(expected, LONGEST);
    found = SardonyxException.shortened(found, LONGEST);
    type = SardonyxException.shortened(type, LONGEST);
    formula = SardonyxException.shortened(formula, LONGEST);
  }

  /** A law of an operator or function. */
  public static Mismatch of(String law, String owner, Object expected, Object found) {
    return new Mismatch(law, owner, "", expected.toString(), found.toString(), "", "");
  }

  /** The same told of another layer or operator. */
  public Mismatch withOwner(String name) {
    return new Mismatch(law, name, argument, expected, found, type, formula);
  }

  /** The same with the argument that says what is expected. */
  public Mismatch withArgument(String name) {
    return new Mismatch(law, owner, name, expected, found, type, formula);
  }

  /** The same with the type of the tensor that came. */
  public Mismatch withType(Object came) {
    return new Mismatch(law, owner, argument, expected, found, came.toString(), formula);
  }

  /** The same with a formula. */
  public Mismatch withFormula(String text) {
    return new Mismatch(law, owner, argument, expected, found, type, text);
  }

  /** What is expected, where it is one number. */
  public OptionalLong expectedNumber() {
    return number(expected);
  }

  /** What was found, where it is one number. */
  public OptionalLong foundNumber() {
    return number(found);
  }

  private static OptionalLong number(String text) {
    return text.matches("-?[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** The error of shapes that do not fit, in these words. */
  public SardonyxException error(String reason) {
    return new SardonyxException(ErrorCode.SHAPE, reason, this);
  }
}
