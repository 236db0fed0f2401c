package dev.sardonyx.runtime.machine.assembler;

import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblerTest {
  @TempDir Path folder;

  @Test
  void writesTheBytesOfAnotherAssemblerAndRefusesWhatItRefuses() throws IOException {
    same(GoldenBytes.recorded(), GoldenBytes.written());
  }

  @Test
  void everyInstructionHasGoldenBytes() throws IOException {
    Map<String, String> golden = GoldenBytes.recorded();
    Set<String> with = new TreeSet<>();
    InstructionForms.all()
        .forEach(
            (text, form) -> {
              if (!"-".equals(golden.get(text))) {
                with.add(form.method().toString());
              }
            });
    Set<String> all =
        InstructionForms.instructions()
            .filter(m -> !InstructionForms.isJump(m))
            .map(Object::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, with);
    assertEquals(
        Set.of("jmp", "jump", "lea"),
        InstructionForms.instructions()
            .filter(InstructionForms::isJump)
            .map(m -> m.getName())
            .collect(Collectors.toSet()));
  }

  @Test
  void installedAssemblerWritesTheGoldenBytes() throws IOException, InterruptedException {
    var gnu = new GnuAssembler(folder);
    String version = gnu.version("as");
    assumeTrue(version.startsWith("GNU assembler"), version);
    Map<String, String> golden = GoldenBytes.recorded();
    // What is refused may differ from version to version.
    golden.values().removeIf("-"::equals);
    same(golden, gnu.assemble(golden.keySet()));
  }

  @Test
  void installedDisassemblerReadsTheListing() throws IOException, InterruptedException {
    var gnu = new GnuAssembler(folder);
    String version = gnu.version("objdump");
    assumeTrue(version.startsWith("GNU objdump"), version);
    var code = new ByteArrayOutputStream();
    List<String> listing = new ArrayList<>();
    for (InstructionForm form : InstructionForms.all().values()) {
      Assembler assembled = form.assembled();
      if (assembled != null) {
        code.write(assembled.code());
        String line = assembled.listing().toString();
        listing.add(line.substring(line.indexOf(form.text().split(" ", 2)[0])).strip());
        assertEquals(form.text(), listing.getLast());
      }
    }
    List<String> disassembled = gnu.disassemble(code.toByteArray());
    assertEquals(listing.size(), disassembled.size());
    Map<String, String> wrong = new TreeMap<>();
    for (int i = 0; i < listing.size(); i++) {
      if (!plain(listing.get(i)).equals(plain(disassembled.get(i)))) {
        wrong.put(listing.get(i), disassembled.get(i));
      }
    }
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " differ: " + wrong);
  }

  /**
   * Without what listings of ours do not say, or say otherwise: lengths of memory, predicates by
   * name.
   */
  private static String plain(String line) {
    return line.replaceAll("([BXYZ]|XMM|YMM|ZMM|D|Q)?(WORD|BYTE) (PTR|BCST) ", "")
        .replaceAll("\\{1to\\d+}", "")
        .replaceAll("^(sh[lr] .*), ?(0x)?1$", "$1,1")
        .replaceAll(" +", " ")
        .replaceAll("^vcmpps (.*), 0x1[0-9a-f]$", "vcmpps $1")
        .replaceAll("^vcmp\\w+_\\w+ ", "vcmpps ")
        .replace("+0x0]", "]")
        .replace(", ", ",");
  }

  @Test
  void listingShowsWhereJumpsGo() {
    var a = new Assembler();
    var top = new Label();
    var end = new Label();
    a.xor(RAX, RAX);
    a.bind(top);
    a.vaddps(zmm(1), zmm(2), at(RDI, 64).toAll());
    a.cmp(RAX, 3);
    a.jump(Condition.NOT_LESS, end);
    a.inc(RAX);
    a.jmp(top);
    a.bind(end);
    a.ret();
    assertEquals(
        """
             0  48 31 c0                         xor rax, rax
             3  62 f1 6c 58 58 4f 10             vaddps zmm1, zmm2, [rdi+0x40]{1to16}
             a  48 83 f8 03                      cmp rax, 0x3
             e  0f 8d 05 00 00 00                jge 0x19
            14  48 ff c0                         inc rax
            17  eb ea                            jmp 0x3
            19  c3                               ret
        """,
        a.listing().toString());
  }

  @Test
  void codeWithAJumpToNowhereIsNotGiven() {
    var a = new Assembler();
    a.jmp(new Label());
    assertThrows(IllegalStateException.class, a::code);
  }

  @Test
  void labelIsBoundOnce() {
    var a = new Assembler();
    var label = new Label();
    a.bind(label);
    assertThrows(IllegalStateException.class, () -> a.bind(label));
  }

  @Test
  void tilesNeedAnIndexAndShiftsABit() {
    var a = new Assembler();
    assertThrows(IllegalArgumentException.class, () -> a.tileloadd(Tile.tmm(0), at(RDI)));
    assertThrows(IndexOutOfBoundsException.class, () -> a.shl(RAX, 64));
    assertThrows(IllegalArgumentException.class, () -> at(RDI, Gp.RSP, 1));
  }

  private static void same(Map<String, String> expected, Map<String, String> actual) {
    assertEquals(
        new TreeSet<>(expected.keySet()),
        new TreeSet<>(actual.keySet()),
        "instructions without golden bytes, or bytes of none: run golden-bytes.sh");
    Map<String, String> wrong = new TreeMap<>();
    expected.forEach(
        (text, bytes) -> {
          if (!bytes.equals(actual.get(text))) {
            wrong.put(text, bytes + ", not " + actual.get(text));
          }
        });
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " differ: " + wrong);
  }
}
