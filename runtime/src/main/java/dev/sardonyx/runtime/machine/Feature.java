package dev.sardonyx.runtime.machine;

import java.util.Set;
import java.util.StringJoiner;

/**
 * Instructions that code may use where the processor has them. Source: Intel 64 and IA-32
 * Architectures Software Developer's Manual, volume 2, CPUID, and volume 1, 13.1 for the state that
 * the system must save.
 */
public enum Feature {
  AVX2("AVX2", 7, 0, Place.B, 5, Feature.YMM),
  FMA("FMA", 1, 0, Place.C, 12, Feature.YMM),
  F16C("F16C", 1, 0, Place.C, 29, Feature.YMM),
  BMI2("BMI2", 7, 0, Place.B, 8, 0),
  AVX_VNNI("AVX-VNNI", 7, 1, Place.A, 4, Feature.YMM),
  AVX512F("AVX-512 F", 7, 0, Place.B, 16, Feature.ZMM),
  AVX512DQ("AVX-512 DQ", 7, 0, Place.B, 17, Feature.ZMM),
  AVX512BW("AVX-512 BW", 7, 0, Place.B, 30, Feature.ZMM),
  AVX512VL("AVX-512 VL", 7, 0, Place.B, 31, Feature.ZMM),
  AVX512_VNNI("AVX-512 VNNI", 7, 0, Place.C, 11, Feature.ZMM),
  AVX512_BF16("AVX-512 BF16", 7, 1, Place.A, 5, Feature.ZMM),
  AMX_TILE("AMX tiles", 7, 0, Place.D, 24, Feature.TILES),
  AMX_BF16("AMX bf16", 7, 0, Place.D, 22, Feature.TILES),
  AMX_INT8("AMX int8", 7, 0, Place.D, 25, Feature.TILES);

  /** Bits of XCR0. */
  private static final int YMM = 0x6;

  private static final int ZMM = 0xE6;
  private static final int TILES = 0x60006;

  /** The registers of an answer. */
  private enum Place {
    A,
    B,
    C,
    D
  }

  private final String text;
  private final int leaf;
  private final int part;
  private final Place place;
  private final int bit;
  private final int state;

  Feature(String text, int leaf, int part, Place place, int bit, int state) {
    this.text = text;
    this.leaf = leaf;
    this.part = part;
    this.place = place;
    this.bit = bit;
    this.state = state;
  }

  /** Features in their order, for people. */
  public static String list(Set<Feature> features) {
    var list = new StringJoiner(", ");
    for (Feature feature : values()) {
      if (features.contains(feature)) {
        list.add(feature.text);
      }
    }
    return list.toString();
  }

  boolean isFound(Questions questions) {
    Questions.Answer answer = questions.cpuid(leaf, part);
    int register =
        switch (place) {
          case A -> answer.a();
          case B -> answer.b();
          case C -> answer.c();
          case D -> answer.d();
        };
    return (register >>> bit & 1) != 0;
  }

  boolean isSaved(long saved) {
    return (saved & state) == state;
  }

  @Override
  public String toString() {
    return text;
  }
}
