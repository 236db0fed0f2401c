package dev.sardonyx.processor.model;

import java.util.Locale;

/** Class names as the registry writes them. */
public final class KebabCase {
  private KebabCase() {}

  /** SimpleFfn is simple-ffn, SimpleCNN simple-cnn, UNet u-net, HTTPNet http-net. */
  public static String of(String className) {
    return className
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
        .replace('_', '-')
        .replaceAll("-{2,}", "-")
        .toLowerCase(Locale.ROOT);
  }
}
