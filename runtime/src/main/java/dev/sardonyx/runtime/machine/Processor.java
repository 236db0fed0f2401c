package dev.sardonyx.runtime.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the processor and the system have for machine code.
 *
 * @param name what the processor calls itself, with its vendor
 * @param found what the processor says it has
 * @param features what code may use: found, and its registers saved by the system
 * @param limits why not more
 * @param unavailable why there can be no machine code at all, or empty
 */
public record Processor(
    String name,
    Caches caches,
    Set<Feature> found,
    Set<Feature> features,
    List<Limit> limits,
    Optional<String> unavailable) {

  private static final int XSAVE_USED = 1 << 27;

  /** What code is written with: the widest vectors, with all that belongs to them. */
  public enum Level {
    /** 256 bits, with FMA, F16C and BMI2. */
    AVX2("AVX2", Feature.AVX2, Feature.FMA, Feature.F16C, Feature.BMI2),
    /** 512 bits, with BW, DQ and VL; and what AVX2 has. */
    AVX512("AVX-512", Feature.AVX512F, Feature.AVX512DQ, Feature.AVX512BW, Feature.AVX512VL);

    private final String text;
    private final Set<Feature> needs;

    Level(String text, Feature... needs) {
      this.text = text;
      this.needs = Set.of(needs);
    }

    /** The features that belong to it, beyond those of the level before. */
    public Set<Feature> needs() {
      return needs;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Something that code does not use, and why. */
  public record Limit(String of, String reason) {}

  /** Copies the sets. */
  public Processor {
    found = Set.copyOf(found);
    features = Set.copyOf(features);
    limits = List.copyOf(limits);
  }

  private static final class Current {
    static final Processor ASKED = ask();
  }

  /** The processor that this runs on; asked once. */
  public static Processor current() {
    return Current.ASKED;
  }

  private static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  private static Processor ask() {
    String system = system();
    if (!isSupported(system)) {
      return unavailable("machine code is for Linux on x86-64 (this is %s)".formatted(system));
    }
    if (!Processor.class.getModule().isNativeAccessEnabled()) {
      return unavailable(
          "this JVM denies native access; start java with --enable-native-access=ALL-UNNAMED");
    }
    try {
      return of(new EmittedQuestions());
    } catch (UnsupportedOperationException e) {
      return unavailable(String.valueOf(e.getMessage()));
    }
  }

  /** Whether code may be tried on a system, by its name and its architecture's. */
  static boolean isSupported(String system) {
    return system.equals("Linux amd64") || system.equals("Linux x86_64");
  }

  /** Whether the system would run code that this JVM, or a rule of the system, refuses. */
  public boolean isRefused() {
    return unavailable.isPresent() && name.isEmpty() && isSupported(system());
  }

  /** None that machine code can be written for. */
  public static Processor unavailable(String reason) {
    return new Processor(
        "", new Caches(0, 0, 0), Set.of(), Set.of(), List.of(), Optional.of(reason));
  }

  static Processor of(Questions questions) {
    Questions.Answer first = questions.cpuid(0, 0);
    String vendor = text(first.b(), first.d(), first.c());
    boolean saves = (questions.cpuid(1, 0).c() & XSAVE_USED) != 0;
    Set<Feature> found = EnumSet.noneOf(Feature.class);
    for (Feature feature : Feature.values()) {
      if (feature.isFound(questions)) {
        found.add(feature);
      }
    }
    var limits = new Limits(found, saves ? questions.saved() : 0, questions::permitsTiles);
    return new Processor(
        name(questions, vendor),
        Caches.of(questions, vendor),
        found,
        limits.usable(),
        limits.list(),
        limits.unavailable());
  }

  private static String name(Questions questions, String vendor) {
    var name = new StringBuilder();
    for (int leaf = 0x8000_0002; leaf <= 0x8000_0004; leaf++) {
      Questions.Answer part = questions.cpuid(leaf, 0);
      name.append(text(part.a(), part.b(), part.c(), part.d()));
    }
    String cleaned = name.toString().replace("\0", "").strip();
    return cleaned.isEmpty() ? vendor : cleaned + " (" + vendor + ")";
  }

  private static String text(int... registers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * registers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int register : registers) {
      bytes.putInt(register);
    }
    return new String(bytes.array(), StandardCharsets.US_ASCII);
  }

  /** Whether code may use it. */
  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** Whether code may use the tiles of AMX for products of bfloat16, with vectors of 512 bits. */
  public boolean hasTiles() {
    return has(Level.AVX512) && has(Feature.AMX_TILE) && has(Feature.AMX_BF16);
  }

  /** Whether code may use vectors of a level, with all that belongs to it. */
  public boolean has(Level level) {
    return features.containsAll(Level.AVX2.needs()) && features.containsAll(level.needs());
  }

  /**
   * The highest level.
   *
   * @throws IllegalStateException where there can be no machine code
   */
  public Level level() {
    if (unavailable.isPresent()) {
      throw new IllegalStateException(unavailable.get());
    }
    return has(Level.AVX512) ? Level.AVX512 : Level.AVX2;
  }

  /** The same with no more than a level: as if it had nothing beyond, tiles least of all. */
  public Processor at(Level highest) {
    return switch (highest) {
      case AVX512 -> new Processor(name, caches, found, withoutTiles(), limits, unavailable);
      case AVX2 -> new Processor(name, caches, found, withShortVectors(), limits, unavailable);
    };
  }

  /** What has no vectors beyond 256 bits. */
  private Set<Feature> withShortVectors() {
    Set<Feature> rest = new HashSet<>(Level.AVX2.needs());
    rest.add(Feature.AVX_VNNI);
    rest.retainAll(features);
    return rest;
  }

  private Set<Feature> withoutTiles() {
    Set<Feature> rest = new HashSet<>(features);
    rest.removeAll(Set.of(Feature.AMX_TILE, Feature.AMX_BF16, Feature.AMX_INT8));
    return rest;
  }
}
