package dev.sardonyx.processor.model;

import java.util.Optional;

/**
 * A line of META-INF/services: a descriptor, and behind {@code #} the class that it describes, so
 * that a later compilation can tell whether the entry is stale.
 */
public record RegistryEntry(String descriptor, Optional<String> describedBinaryName)
    implements Comparable<RegistryEntry> {

  /** The file, where ServiceLoader looks for it. */
  public static final String RESOURCE = "META-INF/services/dev.sardonyx.api.nn.ModelDescriptor";

  /** The entry of a class. */
  public static RegistryEntry of(ClassName name) {
    return new RegistryEntry(name.descriptor(), Optional.of(name.binary()));
  }

  /** The entry in a line; none in an empty line or one of comment only. */
  public static Optional<RegistryEntry> parse(String line) {
    int hash = line.indexOf('#');
    String descriptor = (hash < 0 ? line : line.substring(0, hash)).strip();
    String comment = hash < 0 ? "" : line.substring(hash + 1).strip();
    return descriptor.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RegistryEntry(descriptor, Optional.of(comment).filter(text -> !text.isEmpty())));
  }

  @Override
  public int compareTo(RegistryEntry other) {
    return descriptor.compareTo(other.descriptor);
  }

  /** The line. */
  @Override
  public String toString() {
    return descriptor + describedBinaryName.map(name -> " # " + name).orElse("");
  }
}
