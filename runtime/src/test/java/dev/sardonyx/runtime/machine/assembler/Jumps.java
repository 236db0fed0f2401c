package dev.sardonyx.runtime.machine.assembler;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jumps over some bytes, and addresses behind them, each with its own code. */
final class Jumps {
  private static final int LENGTH = 7;

  private Jumps() {}

  /** The bytes of all of them, by their text. */
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all(null, "jmp", all);
    for (Condition when : Condition.values()) {
      String name =
          switch (when) {
            case BELOW -> "jb";
            case NOT_BELOW -> "jae";
            case ZERO -> "je";
            case NOT_ZERO -> "jne";
            case LESS -> "jl";
            case NOT_LESS -> "jge";
            case NOT_GREATER -> "jle";
            case GREATER -> "jg";
          };
      all(when, name, all);
    }
    for (Gp to : Gp.values()) {
      for (int distance : new int[] {-4096, -7, 0, 1, 4096}) {
        String sign = distance < 0 ? "-" : "+";
        String text = "lea %s, [rip%s0x%x]".formatted(to, sign, Math.abs(distance));
        all.put(text, address(to, distance));
      }
    }
    return all;
  }

  private static void all(@Nullable Condition when, String name, Map<String, String> all) {
    for (int back : new int[] {0, 16, 126, 127, 4096}) {
      all.put(name + " .-0x" + Integer.toHexString(back), backward(when, back));
    }
    for (int further : new int[] {0, 1, 4096}) {
      int length = when == null ? 5 : 6;
      String text = "{disp32} " + name + " .+0x" + Integer.toHexString(length + further);
      all.put(text, forward(when, further));
    }
  }

  private static String backward(@Nullable Condition when, int bytes) {
    var a = new Assembler();
    var label = new Label();
    a.bind(label);
    fill(a, bytes);
    jump(a, when, label);
    byte[] code = a.code();
    return HexFormat.of().formatHex(code, bytes, code.length);
  }

  private static String forward(@Nullable Condition when, int bytes) {
    var a = new Assembler();
    var label = new Label();
    jump(a, when, label);
    fill(a, bytes);
    a.bind(label);
    byte[] code = a.code();
    return HexFormat.of().formatHex(Arrays.copyOf(code, code.length - bytes));
  }

  /** The address of a label so far from the end of the instruction, of 7 bytes. */
  private static String address(Gp to, int distance) {
    var a = new Assembler();
    var label = new Label();
    int before = Math.max(0, -distance - LENGTH);
    if (distance < 0) {
      a.bind(label);
    }
    fill(a, before);
    a.lea(to, label);
    fill(a, Math.max(0, distance));
    if (distance >= 0) {
      a.bind(label);
    }
    return HexFormat.of().formatHex(Arrays.copyOfRange(a.code(), before, before + LENGTH));
  }

  private static void jump(Assembler a, @Nullable Condition when, Label label) {
    if (when == null) {
      a.jmp(label);
    } else {
      a.jump(when, label);
    }
  }

  private static void fill(Assembler a, int bytes) {
    for (int i = 0; i < bytes; i++) {
      a.ret();
    }
  }
}
