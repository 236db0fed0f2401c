package dev.sardonyx.runtime.machine.assembler;

import static dev.sardonyx.runtime.machine.assembler.Gp.R10;
import static dev.sardonyx.runtime.machine.assembler.Gp.R12;
import static dev.sardonyx.runtime.machine.assembler.Gp.R13;
import static dev.sardonyx.runtime.machine.assembler.Gp.R15;
import static dev.sardonyx.runtime.machine.assembler.Gp.R8;
import static dev.sardonyx.runtime.machine.assembler.Gp.R9;
import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RBP;
import static dev.sardonyx.runtime.machine.assembler.Gp.RBX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RSI;
import static dev.sardonyx.runtime.machine.assembler.Gp.RSP;
import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every instruction of the assembler with operands of every shape: also such as there are not. */
final class InstructionForms {
  private static final Set<String> NO_INSTRUCTIONS =
      Set.of("code", "listing", "bind", "data", "align", "withoutAvx512");

  /** Registers of general operands: each bit of their numbers alone, in each place. */
  private static final Gp[][] GENERAL = {
    {RAX, RBX, RDX},
    {R8, RBX, RDX},
    {RAX, R9, RDX},
    {RAX, RBX, R10},
    {RSP, RBP, RSI},
    {R15, R12, R13}
  };

  /** Numbers of vector registers, likewise; the last is that of a mask. */
  private static final int[][] VECTORS = {
    {1, 2, 3, 4},
    {9, 2, 3, 4},
    {1, 10, 3, 4},
    {1, 2, 11, 4},
    {8, 12, 15, 13},
    {17, 2, 3, 4},
    {1, 18, 3, 4},
    {1, 2, 19, 4},
    {26, 21, 31, 14}
  };

  private static final List<Integer> INTEGERS =
      List.of(1, 5, -1, 127, 128, -128, -129, 255, 256, Integer.MAX_VALUE, Integer.MIN_VALUE);
  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, (long) Integer.MIN_VALUE, 0x7fffffffL, 0x80000000L, 0x123456789abcdefL);

  /** What other assemblers take and ours refuses, or what they take for something else. */
  private static final BiPredicate<String, Object[]> NOT_OFFERED =
      (name, operands) ->
          switch (name) {
            case "shl", "shr" -> (int) operands[1] < 0 || (int) operands[1] > 63;
            case "vmovq" -> operands[1] instanceof Vec from && from.number() > 15;
            case "vcvtps2pd" -> operands[1] instanceof Mem m && m.broadcast();
            case "vcvttps2dq" ->
                operands[0] instanceof Vec to
                    && operands[1] instanceof Vec from
                    && to.bytes() != from.bytes();
            default -> false;
          };

  /** A displacement that EVEX counts in pieces of memory, and one that most pieces do not fit. */
  private static final List<Mem> EVEX = List.of(at(RDI, 0x40), at(RDI, 0x41));

  /** Each with something that is written in another way; an index each, which tiles need. */
  private static final List<Mem> SOME_ADDRESSES =
      List.of(
          at(RDI, RSI, 1),
          at(R13, RAX, 2),
          at(R12, R9, 4),
          at(RSP, RBP, 1, 8),
          at(RBP, R13, 8),
          at(RBX, R12, 1, 0x40),
          at(R9, RAX, 4, -0x80),
          at(RAX, R9, 8, 0x80));

  private final Map<String, InstructionForm> forms = new LinkedHashMap<>();

  /** All of them by their text; jumps apart, which are no forms alone. */
  static Map<String, InstructionForm> all() {
    var all = new InstructionForms();
    instructions().filter(m -> !isJump(m)).forEach(all::add);
    return all.forms;
  }

  /** The methods that are instructions. */
  static Stream<Method> instructions() {
    return Arrays.stream(Assembler.class.getMethods())
        .filter(m -> m.getDeclaringClass() != Object.class)
        .filter(m -> !NO_INSTRUCTIONS.contains(m.getName()))
        .sorted(Comparator.comparing(m -> m.getName() + Arrays.toString(m.getParameterTypes())));
  }

  static boolean isJump(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(Label.class);
  }

  private void add(Method method) {
    List<Class<?>> types = List.of(method.getParameterTypes());
    if (types.contains(Vec.class)) {
      for (int size : new int[] {16, 32, 64}) {
        vectors(method, types, size);
      }
    } else {
      general(method, types);
    }
  }

  private void put(Method method, Object... operands) {
    if (NOT_OFFERED.test(method.getName(), operands)) {
      return;
    }
    InstructionForm form = InstructionForm.of(method, operands.clone());
    forms.putIfAbsent(form.text(), form);
  }

  private void general(Method method, List<Class<?>> types) {
    int memory = types.indexOf(Mem.class);
    int number = Math.max(types.indexOf(int.class), types.indexOf(long.class));
    for (Gp[] registers : GENERAL) {
      Object[] operands = new Object[types.size()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = general(types.get(i), i, registers);
      }
      put(method, operands);
      List<?> numbers = number < 0 ? List.of() : types.contains(long.class) ? LONGS : INTEGERS;
      for (Object n : registers[0] == RAX && registers[1] != RBX ? List.of() : numbers) {
        operands[number] = n;
        put(method, operands);
      }
    }
    if (memory >= 0) {
      Object[] operands = new Object[types.size()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = general(types.get(i), i, GENERAL[0]);
      }
      boolean all = method.getName().equals("mov") && memory == 1;
      for (Mem m : all ? addresses() : SOME_ADDRESSES) {
        operands[memory] = m;
        put(method, operands);
      }
    }
    if (types.size() == 3 && types.get(0) == Tile.class) {
      put(method, Tile.tmm(1), Tile.tmm(1), Tile.tmm(2));
      put(method, Tile.tmm(1), Tile.tmm(2), Tile.tmm(1));
      put(method, Tile.tmm(1), Tile.tmm(2), Tile.tmm(2));
    }
  }

  private static Object general(Class<?> type, int place, Gp[] registers) {
    int number = registers[place].ordinal() & 7;
    return type == Gp.class
        ? registers[place]
        : type == Mem.class
            ? at(registers[place], registers[2], 1)
            : type == Mask.class
                ? k(number)
                : type == Tile.class
                    ? Tile.tmm((number + place) % 8)
                    : type == long.class ? (Object) 1L : 1;
  }

  /** Addresses with every way to write base, index and displacement. */
  private static List<Mem> addresses() {
    List<Mem> all = new ArrayList<>();
    for (Gp base : new Gp[] {RDI, RSP, RBP, R8, R12, R13}) {
      for (int displacement : new int[] {0, 1, 0x40, -0x80, 0x80, -0x81, 0x1000, 0x7fffffff}) {
        all.add(at(base, displacement));
        all.add(at(base, RBP, 2, displacement));
        all.add(at(base, R12, 8, displacement));
      }
    }
    return all;
  }

  private void vectors(Method method, List<Class<?>> types, int size) {
    for (int other : new int[] {16, 32, 64}) {
      Object[] low = operands(method, types, VECTORS[0], size, other, null);
      put(method, low);
      if (InstructionForm.of(method, low).assembled() == null) {
        continue;
      }
      for (int[] numbers : size == 64 ? VECTORS : new int[][] {VECTORS[4], VECTORS[8]}) {
        put(method, operands(method, types, numbers, size, other, null));
      }
      masks(method, types, low);
    }
    if (types.contains(Source.class) || types.contains(Mem.class)) {
      boolean all = method.getName().equals("vaddps") && size > 16;
      for (Mem m : all ? addresses() : List.of(at(RSI, 0x40), at(R13, R9, 4, 0x40))) {
        put(method, operands(method, types, VECTORS[0], size, size, m));
      }
      for (Mem m : all ? List.of(at(RDI, -0x2000), at(RDI, 0x1fc0), at(RDI, 0x2000)) : EVEX) {
        put(method, operands(method, types, VECTORS[8], size, size, m));
      }
      Mem m = at(R8, RAX, 2, 0x40);
      put(method, operands(method, types, VECTORS[0], size, size, m.toAll()));
      masks(method, types, operands(method, types, VECTORS[0], size, size, m));
    }
  }

  private void masks(Method method, List<Class<?>> types, Object[] operands) {
    for (Object masked :
        switch (operands[0]) {
          case Vec v -> List.of(v.masked(k(1)), v.zeroed(k(6)));
          case Mem m -> List.of(m.masked(k(1)), m.masked(k(6)));
          case Mask to -> List.of(to.masked(k(1)), to.masked(k(6)));
          default -> List.of();
        }) {
      Object[] changed = operands.clone();
      changed[0] = masked;
      put(method, changed);
    }
  }

  /** Operands: vectors of a size, the last source of another or memory. */
  private static Object[] operands(
      Method method,
      List<Class<?>> types,
      int[] numbers,
      int size,
      int other,
      @Nullable Mem memory) {
    Object[] operands = new Object[types.size()];
    boolean last = !types.contains(Source.class);
    for (int i = 0; i < operands.length; i++) {
      Class<?> type = types.get(i);
      if (type == Vec.class) {
        boolean differs = last && i > 0 && types.size() < 4 && i == types.lastIndexOf(Vec.class);
        operands[i] = new Vec(numbers[i], differs ? other : size, 0, false);
      } else if (type == Source.class) {
        operands[i] = memory == null ? new Vec(numbers[i], other, 0, false) : memory;
      } else if (type == Mem.class) {
        operands[i] = memory == null ? at(RDI, numbers[i]) : memory;
      } else if (type == Mask.class) {
        operands[i] = k(numbers[i] & 7);
      } else if (type == Gp.class) {
        operands[i] = Gp.values()[numbers[i] & 15];
      } else {
        operands[i] = size + numbers[0];
      }
    }
    return operands;
  }
}
