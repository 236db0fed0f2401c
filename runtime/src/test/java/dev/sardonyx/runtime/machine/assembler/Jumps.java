package dev.sardonyx.runtime.machine.assembler;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jumps over some bytes, each with its own code. */
final class Jumps {
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
    return all;
  }

  private static void all(Condition when, String name, Map<String, String> all) {
    for (int back : new int[] {0, 16, 126, 127, 4096}) {
      all.put(name + " .-0x" + Integer.toHexString(back), backward(when, back));
    }
    for (int further : new int[] {0, 1, 4096}) {
      int length = when == null ? 5 : 6;
      String text = "{disp32} " + name + " .+0x" + Integer.toHexString(length + further);
      all.put(text, forward(when, further));
    }
  }

  private static String backward(Condition when, int bytes) {
    var a = new Assembler();
    var label = new Label();
    a.bind(label);
    fill(a, bytes);
    jump(a, when, label);
    byte[] code = a.code();
    return HexFormat.of().formatHex(code, bytes, code.length);
  }

  private static String forward(Condition when, int bytes) {
    var a = new Assembler();
    var label = new Label();
    jump(a, when, label);
    fill(a, bytes);
    a.bind(label);
    byte[] code = a.code();
    return HexFormat.of().formatHex(Arrays.copyOf(code, code.length - bytes));
  }

  private static void jump(Assembler a, Condition when, Label label) {
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
