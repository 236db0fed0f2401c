package dev.sardonyx.runtime.tune;

import java.util.Arrays;
import java.util.Optional;

/** A way to compute a node, or some together, where there are several. */
public enum Way {
  /** Products of copied pixels with packed weights. */
  PRODUCTS("products"),
  /** The same of bfloat16 parts of the numbers, on tiles. */
  TILES("tiles"),
  /** Winograd's F(2, 3): tiles of two by two pixels. */
  WINOGRAD_2("winograd-2"),
  /** Winograd's F(4, 3): tiles of four by four pixels. */
  WINOGRAD_4("winograd-4"),
  /** Pixels of few channels read in ONNX's order, without a copy. */
  PLANES("planes"),
  /** A depthwise convolution and those of single pixels around it, line by line. */
  CHAIN("chain"),
  /** The same one after the other. */
  APART("apart");

  private final String word;

  Way(String word) {
    this.word = word;
  }

  /** The way of a word as {@link #word} gives it. */
  public static Optional<Way> of(String word) {
    return Arrays.stream(values()).filter(way -> way.word.equals(word)).findFirst();
  }

  /** Its name in tables and files. */
  public String word() {
    return word;
  }
}
