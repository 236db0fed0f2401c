package dev.sardonyx.runtime.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.Processor.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final long AVX = 0x7;
  private static final long AVX512 = 0xE7;
  private static final long AMX = 0x602E7;

  /** An AMD EPYC of the fifth generation in a virtual machine, recorded there. */
  private static final String ZEN_5 =
      """
      0 0: 1c 68747541 444d4163 69746e65
      1 0: b00f21 1020800 fffa3203 178bfbff
      7 0: 1 f1bf07ab 405fc6 110
      7 1: 30 0 0 0
      80000000 0: 80000021 68747541 444d4163 69746e65
      80000002 0: 20444d41 43595045 0 0
      8000001d 0: 121 2c0003f 3f 0
      8000001d 1: 122 1c0003f 3f 0
      8000001d 2: 143 3c0003f 3ff 2
      8000001d 3: 4163 3c0003f 7fff 1
      """;

  /** An Intel Core i5-7600K; leaf 4 is that of a Pentium G4600, which has smaller caches. */
  private static final String KABY_LAKE =
      """
      0 0: 16 756e6547 6c65746e 49656e69
      1 0: 906e9 100800 7ffafbbf bfebfbff
      4 0: 1c004121 1c0003f 3f 0
      4 1: 1c004122 1c0003f 3f 0
      4 2: 1c004143 c0003f 3ff 0
      4 3: 1c03c163 2c0003f fff 6
      7 0: 0 29c6fbf 0 0
      80000000 0: 80000008 0 0 0
      80000002 0: 65746e49 2952286c 726f4320 4d542865
      80000003 0: 35692029 3036372d 43204b30 40205550
      80000004 0: 382e3320 7a484730 0 0
      """;

  /** An Intel Pentium G4600, a Kaby Lake without AVX. */
  private static final String PENTIUM =
      """
      0 0: 16 756e6547 6c65746e 49656e69
      1 0: 906e9 100800 4ffaebbf bfebfbff
      7 0: 0 2946687 0 0
      """;

  /** What Intel's manual says of a processor with AMX: the bits of leaf 7, and its caches. */
  private static final String WITH_TILES =
      """
      0 0: 20 756e6547 6c65746e 49656e69
      1 0: 806f8 400800 7ffefbff bfebfbff
      4 0: fc004121 2c0003f 3f 0
      4 1: fc004122 1c0003f 3f 0
      4 2: fc004143 3c0003f 7ff 0
      4 3: fc1fc163 380003f 1bfff 4
      7 0: 2 f1bf07ab 800 3400000
      7 1: 30 0 0 0
      """;

  private static Processor of(String lines, long saved) {
    return Processor.of(new RecordedQuestions(lines, saved, true));
  }

  @Test
  void anEpycOfTheFifthGenerationHasAllButTiles() {
    Processor processor = of(ZEN_5, AVX512);
    assertEquals("AMD EPYC (AuthenticAMD)", processor.name());
    assertEquals(new Caches(48 << 10, 1 << 20, 32 << 20), processor.caches());
    assertEquals(
        EnumSet.range(Feature.AVX2, Feature.AVX512_BF16), EnumSet.copyOf(processor.features()));
    assertEquals(Level.AVX512, processor.level());
    assertEquals(
        List.of(
            new Processor.Limit(
                "AMX", "this processor does not have AMX tiles, AMX bf16, AMX int8")),
        processor.limits());
  }

  @Test
  void aCoreOfTheSeventhGenerationHasAvx2() {
    Processor processor = of(KABY_LAKE, AVX);
    assertEquals("Intel(R) Core(TM) i5-7600K CPU @ 3.80GHz (GenuineIntel)", processor.name());
    assertEquals(new Caches(32 << 10, 256 << 10, 3 << 20), processor.caches());
    assertEquals(Level.AVX2.needs(), processor.features());
    assertEquals(Level.AVX2, processor.level());
    assertEquals(
        "this processor does not have AVX-512 F, AVX-512 DQ, AVX-512 BW, AVX-512 VL",
        processor.limits().getFirst().reason());
  }

  @Test
  void withoutAvxThereIsNoMachineCode() {
    Processor processor = of(PENTIUM, AVX);
    assertEquals(
        Optional.of("machine code needs AVX2: this processor does not have AVX2, FMA, F16C, BMI2"),
        processor.unavailable());
    assertEquals(Set.of(), processor.features());
    assertThrows(IllegalStateException.class, processor::level);
  }

  @Test
  void tilesAreUsedWhereTheSystemPermitsThem() {
    Processor processor = of(WITH_TILES, AMX);
    assertEquals(EnumSet.allOf(Feature.class), EnumSet.copyOf(processor.features()));
    assertEquals(List.of(), processor.limits());
    assertEquals(new Caches(48 << 10, 2 << 20, 105 << 20), processor.caches());
  }

  @Test
  void tilesAreNotUsedWhereTheSystemRefusesThem() {
    var questions = new RecordedQuestions(WITH_TILES, AMX, false);
    Processor processor = Processor.of(questions);
    assertTrue(questions.askedForTiles());
    assertFalse(processor.has(Feature.AMX_TILE));
    assertFalse(processor.has(Feature.AMX_INT8));
    assertTrue(processor.has(Level.AVX512));
    assertEquals(
        List.of(new Processor.Limit("AMX", "the system refuses its tiles (arch_prctl)")),
        processor.limits());
  }

  @Test
  void permissionIsAskedOnlyForTilesThatThereAre() {
    for (var questions :
        List.of(
            new RecordedQuestions(ZEN_5, AMX, true),
            new RecordedQuestions(WITH_TILES, AVX512, true))) {
      assertFalse(Processor.of(questions).has(Feature.AMX_TILE));
      assertFalse(questions.askedForTiles());
    }
  }

  @Test
  void registersThatTheSystemDoesNotSaveAreNotUsed() {
    assertEquals(Level.AVX2, of(ZEN_5, AVX).level());
    assertEquals(
        "the system does not save its registers (XCR0 is 0x7)",
        of(ZEN_5, AVX).limits().getFirst().reason());
    assertEquals(
        Optional.of(
            "machine code needs AVX2: the system does not save its registers (XCR0 is 0x3)"),
        of(ZEN_5, 3).unavailable());
    // Without XSAVE (bit 27 of leaf 1) the instruction XGETBV faults.
    String off = ZEN_5.replace("fffa3203", "f7fa3203");
    assertTrue(of(off, AVX512).unavailable().isPresent());
  }

  @Test
  void aLevelMayBeHeldDown() {
    Processor processor = of(ZEN_5, AVX512);
    assertEquals(processor, processor.at(Level.AVX512));
    assertEquals(Level.AVX2, processor.at(Level.AVX2).level());
    assertFalse(processor.at(Level.AVX2).has(Feature.AVX512_VNNI));
    assertTrue(processor.at(Level.AVX2).has(Feature.AVX_VNNI));
  }

  @Test
  void otherSystemsAreRefusedByName() {
    assertTrue(Processor.isSupported("Linux amd64"));
    for (String system : List.of("Linux aarch64", "Mac OS X x86_64", "Windows 11 amd64")) {
      assertFalse(Processor.isSupported(system));
    }
  }

  @Test
  void thisProcessorHasWhatTheSystemTellsOfIt() throws IOException {
    Path told = Path.of("/proc/cpuinfo");
    assumeTrue(Files.isReadable(told), "no " + told);
    Processor processor = Processor.current();
    assumeTrue(processor.unavailable().isEmpty(), () -> processor.unavailable().orElseThrow());
    List<String> flags =
        Files.readAllLines(told).stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> List.of(line.substring(line.indexOf(':') + 2).split(" ")))
            .orElseThrow();
    Map<Feature, String> names =
        Map.ofEntries(
            Map.entry(Feature.AVX2, "avx2"),
            Map.entry(Feature.FMA, "fma"),
            Map.entry(Feature.F16C, "f16c"),
            Map.entry(Feature.BMI2, "bmi2"),
            Map.entry(Feature.AVX_VNNI, "avx_vnni"),
            Map.entry(Feature.AVX512F, "avx512f"),
            Map.entry(Feature.AVX512DQ, "avx512dq"),
            Map.entry(Feature.AVX512BW, "avx512bw"),
            Map.entry(Feature.AVX512VL, "avx512vl"),
            Map.entry(Feature.AVX512_VNNI, "avx512_vnni"),
            Map.entry(Feature.AVX512_BF16, "avx512_bf16"),
            Map.entry(Feature.AMX_TILE, "amx_tile"),
            Map.entry(Feature.AMX_BF16, "amx_bf16"),
            Map.entry(Feature.AMX_INT8, "amx_int8"));
    Set<Feature> expected =
        Arrays.stream(Feature.values())
            .filter(feature -> flags.contains(names.get(feature)))
            .collect(Collectors.toSet());
    assertEquals(expected, processor.found());
  }
}
