package dev.sardonyx.runtime.machine.assembler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A method of the assembler with operands. */
record InstructionForm(Method method, List<Object> operands) {
  /** Instructions whose general registers are of 32 bits. */
  private static final Set<String> LOW =
      Set.of("kmovw", "kmovd", "vmovd", "vpbroadcastd", "movd", "movzx", "vmovmskps");

  private static final Pattern DOUBLES = Pattern.compile("v.*[^m](pd|qdq)");

  /** What an assembler is told, in Intel's order; made without the listing of ours. */
  String text() {
    String list = operands.stream().map(this::text).collect(Collectors.joining(", "));
    return (mnemonic() + " " + list).strip();
  }

  private String mnemonic() {
    return switch (method.getName()) {
      case "movd", "movb" -> "mov";
      case "vexVpdpbusd" -> "{vex} vpdpbusd";
      case String name
          when name.equals("mov") && operands.getLast() instanceof Long n && n != n.intValue() ->
          "movabs";
      case String name -> name;
    };
  }

  private String text(Object operand) {
    String size =
        switch (method.getName()) {
          case "movd", "movsxd" -> "DWORD PTR ";
          case "movb", "movzx" -> "BYTE PTR ";
          default -> "";
        };
    return switch (operand) {
      case Gp r when LOW.contains(method.getName()) -> low(r);
      case Gp r when method.getName().equals("movb") -> lowest(r);
      case Mem m when m.broadcast() -> m.toString().replace("{1to}", "{1to" + lanes() + "}");
      case Mem m -> size + m;
      case Number n -> "0x" + Long.toHexString(n.longValue());
      case Object other -> other.toString();
    };
  }

  private static String low(Gp r) {
    return r.ordinal() < 8 ? "e" + r.toString().substring(1) : r + "d";
  }

  private static String lowest(Gp r) {
    return switch (r) {
      case RAX, RBX, RCX, RDX -> r.toString().substring(1, 2) + "l";
      case RSP, RBP, RSI, RDI -> r.toString().substring(1) + "l";
      default -> r + "b";
    };
  }

  private int lanes() {
    int bytes = operands.stream().mapToInt(o -> o instanceof Vec v ? v.bytes() : 0).max().orElse(0);
    return bytes / (DOUBLES.matcher(method.getName()).matches() ? 8 : 4);
  }

  /** What the assembler makes of it, or null where it refuses the operands. */
  @Nullable Assembler assembled() {
    var assembler = new Assembler();
    try {
      method.invoke(assembler, operands.toArray());
      return assembler;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException
          || e.getCause() instanceof IndexOutOfBoundsException) {
        return null;
      }
      throw new AssertionError(text(), e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(text(), e);
    }
  }

  /** The bytes, or "-" where the assembler refuses the operands. */
  String bytes() {
    Assembler assembler = assembled();
    return assembler == null ? "-" : HexFormat.of().formatHex(assembler.code());
  }

  static InstructionForm of(Method method, Object... operands) {
    return new InstructionForm(method, Arrays.asList(operands));
  }
}
