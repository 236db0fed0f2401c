package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Bool;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Dict;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Int;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.None;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Opaque;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Real;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Text;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The pickle machine: builds tensors and plain containers, for opcodes and names on its lists, and
 * runs nothing. Its time and memory are bounded by the number of steps. Source: pickletools,
 * protocols 2 to 5.
 */
final class Unpickler {
  private static final long LARGEST = 64L << 20;
  private static final int MOST_STEPS = 4_000_000;

  private final PickleInput in;
  private final Function<Sequence, PickleValue> persistent;
  private final PickleStack stack = new PickleStack();
  private final Map<Long, PickleValue> memo = new HashMap<>();
  private long steps;

  private Unpickler(PickleInput in, Function<Sequence, PickleValue> persistent) {
    this.in = in;
    this.persistent = persistent;
  }

  /**
   * The value of the pickle that comes next.
   *
   * @param persistent what a persistent id stands for
   * @throws SardonyxException FORMAT, UNSUPPORTED for a name that is not allowed, LIMIT beyond 64
   *     MiB or 4,000,000 steps
   */
  static PickleValue read(PickleInput in, Function<Sequence, PickleValue> persistent) {
    var machine = new Unpickler(in, persistent);
    long start = in.position();
    while (true) {
      machine.spend(1);
      if (in.position() - start > LARGEST) {
        throw new SardonyxException(
            ErrorCode.LIMIT, "its pickle has more than " + LARGEST + " bytes");
      }
      int opcode = in.unsignedByte();
      if (opcode == '.') {
        return machine.stack.pop();
      }
      machine.step(opcode);
    }
  }

  private void spend(long count) {
    steps += count;
    if (steps > MOST_STEPS) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "its pickle takes more than " + MOST_STEPS + " steps");
    }
  }

  static PickleValue read(MemorySegment bytes, Function<Sequence, PickleValue> persistent) {
    return read(new PickleInput(bytes), persistent);
  }

  private void step(int opcode) {
    switch (opcode) {
      case 0x80 -> requireProtocol(in.unsignedByte());
      case 0x95 -> in.longWord(); // FRAME: frames only group what follows
      case '(' -> stack.mark();
      case 'q' -> memo.put((long) in.unsignedByte(), stack.peek());
      case 'r' -> memo.put(in.unsignedWord(), stack.peek());
      case 0x94 -> memo.put((long) memo.size(), stack.peek());
      case 'h' -> stack.push(remembered(in.unsignedByte()));
      case 'j' -> stack.push(remembered(in.unsignedWord()));
      case 'c' -> stack.push(global(in.line(), in.line()));
      case 0x93 -> stackGlobal();
      case 'R', 0x81 -> call();
      case 'b' -> build();
      case 'Q' -> stack.push(persistent.apply(tuple(stack.pop(), "a persistent id")));
      default -> {
        if (!scalar(opcode) && !text(opcode) && !container(opcode)) {
          throw in.fault("opcode 0x%02x is not read".formatted(opcode));
        }
      }
    }
  }

  private void requireProtocol(int protocol) {
    if (protocol < 2 || protocol > 5) {
      throw in.fault("protocols 2 to 5 are read, found " + protocol);
    }
  }

  private boolean scalar(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(new None());
      case 0x88 -> stack.push(new Bool(true));
      case 0x89 -> stack.push(new Bool(false));
      case 'J' -> stack.push(new Int(in.word()));
      case 'K' -> stack.push(new Int(in.unsignedByte()));
      case 'M' -> stack.push(new Int(in.unsignedShort()));
      case 'G' -> stack.push(new Real(in.real()));
      case 0x8a -> {
        int length = in.unsignedByte();
        if (length <= Long.BYTES) {
          stack.push(new Int(in.integer(length)));
        } else {
          in.skip(length);
          stack.push(new Opaque("integer of " + length + " bytes"));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean text(int opcode) {
    switch (opcode) {
      case 'X' -> stack.push(new Text(in.text(in.unsignedWord())));
      case 0x8c -> stack.push(new Text(in.text(in.unsignedByte())));
      case 0x8d -> stack.push(new Text(in.text(in.longWord())));
      case 'U' -> stack.push(new Text(in.text(in.unsignedByte()))); // a string of Python 2
      case 'B' -> bytes(in.unsignedWord());
      case 'C' -> bytes(in.unsignedByte());
      case 0x8e, 0x96 -> bytes(in.longWord());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void bytes(long length) {
    in.skip(length);
    stack.push(new Opaque("bytes"));
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '}' -> stack.push(new Dict());
      case ']' -> push(Sequence.Kind.LIST, stack.pop(0));
      case ')' -> push(Sequence.Kind.TUPLE, stack.pop(0));
      case 0x8f -> push(Sequence.Kind.SET, stack.pop(0));
      case 't' -> push(Sequence.Kind.TUPLE, stack.popMark());
      case 0x85, 0x86, 0x87 -> push(Sequence.Kind.TUPLE, stack.pop(opcode - 0x84));
      case 0x91 -> push(Sequence.Kind.SET, stack.popMark());
      case 'a' -> append(Sequence.Kind.LIST, stack.pop(1));
      case 'e' -> append(Sequence.Kind.LIST, stack.popMark());
      case 0x90 -> append(Sequence.Kind.SET, stack.popMark());
      case 's' -> put(stack.pop(2));
      case 'u' -> put(stack.popMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void push(Sequence.Kind kind, List<PickleValue> items) {
    stack.push(new Sequence(kind, items));
  }

  private void append(Sequence.Kind kind, List<PickleValue> items) {
    PickleValue target = stack.peek();
    if (!(target instanceof Sequence sequence) || sequence.kind() != kind) {
      throw in.fault("items are added to " + target.describe());
    }
    sequence.items().addAll(items);
  }

  private void put(List<PickleValue> items) {
    PickleValue target = stack.peek();
    if (!(target instanceof Dict dict)) {
      throw in.fault("entries are put into " + target.describe());
    }
    if (items.size() % 2 != 0) {
      throw in.fault("a key has no value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      dict.entries().put(items.get(i), items.get(i + 1));
    }
  }

  private PickleValue remembered(long index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw in.fault("nothing is remembered under " + index);
    }
    return value;
  }

  private void stackGlobal() {
    List<PickleValue> names = stack.pop(2);
    if (!(names.get(0) instanceof Text(String module))
        || !(names.get(1) instanceof Text(String name))) {
      throw in.fault("a name is not a string");
    }
    stack.push(global(module, name));
  }

  private PickleValue global(String module, String name) {
    String full = Excerpt.of(module + "." + name);
    return TorchGlobals.find(module, name).orElseThrow(() -> refusal(full));
  }

  private SardonyxException refusal(String full) {
    String advice =
        "nothing of it is run; of a model saved whole with torch.save(model, ...), save"
            + " torch.save(model.state_dict(), ...) instead";
    return new SardonyxException(
        ErrorCode.UNSUPPORTED,
        stack.isEmpty()
            ? "its outermost object is of " + full + ", not a dict of tensors: " + advice
            : "it mentions " + full + ", which weights do not need: " + advice);
  }

  private void call() {
    PickleValue arguments = stack.pop();
    PickleValue function = stack.pop();
    List<PickleValue> items = tuple(arguments, "arguments").items();
    spendOnCopies(items, 2);
    stack.push(TorchCalls.call(function, items));
  }

  /** A call may copy what its arguments hold, again and again. */
  private void spendOnCopies(List<PickleValue> items, int depth) {
    spend(items.size());
    for (PickleValue item : items) {
      if (item instanceof Dict dict) {
        spend(dict.entries().size());
      } else if (item instanceof Sequence sequence && depth > 0) {
        spendOnCopies(sequence.items(), depth - 1);
      }
    }
  }

  private Sequence tuple(PickleValue value, String what) {
    if (value instanceof Sequence sequence && sequence.kind() == Sequence.Kind.TUPLE) {
      return sequence;
    }
    throw in.fault("expected a tuple as " + what + ", found " + value.describe());
  }

  /** State of dicts (torch's own notes) and of objects that are passed over. */
  private void build() {
    stack.pop();
    PickleValue target = stack.peek();
    if (!(target instanceof Dict) && !(target instanceof Opaque)) {
      throw in.fault("state is set on " + target.describe());
    }
  }
}
