package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.type.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle may build. Containers are equal only to themselves, and nothing here walks into
 * them, so that neither depth nor sharing costs anything.
 */
sealed interface PickleValue {

  /** In words, for messages. */
  String describe();

  /** A string. */
  record Text(String value) implements PickleValue {
    @Override
    public String describe() {
      return "a string";
    }
  }

  /** An integer of 64 bits. */
  record Int(long value) implements PickleValue {
    @Override
    public String describe() {
      return "the integer " + value;
    }
  }

  /** A float. */
  record Real(double value) implements PickleValue {
    @Override
    public String describe() {
      return "the number " + value;
    }
  }

  /** True or False. */
  record Bool(boolean value) implements PickleValue {
    @Override
    public String describe() {
      return value ? "True" : "False";
    }
  }

  /** None. */
  record None() implements PickleValue {
    @Override
    public String describe() {
      return "None";
    }
  }

  /** A list, tuple or set. */
  final class Sequence implements PickleValue {
    /** Which of them. */
    enum Kind {
      LIST,
      TUPLE,
      SET
    }

    private final Kind kind;
    private final List<PickleValue> items;

    Sequence(Kind kind, List<PickleValue> items) {
      this.kind = kind;
      this.items = items;
    }

    Kind kind() {
      return kind;
    }

    /** Lists and sets grow. */
    List<PickleValue> items() {
      return items;
    }

    @Override
    public String describe() {
      return switch (kind) {
        case LIST -> "a list of " + items.size();
        case TUPLE -> "a tuple of " + items.size();
        case SET -> "a set of " + items.size();
      };
    }
  }

  /** A dict of any kind. */
  final class Dict implements PickleValue {
    private final Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();

    Map<PickleValue, PickleValue> entries() {
      return entries;
    }

    @Override
    public String describe() {
      return "a dict of " + entries.size();
    }
  }

  /** A strided tensor on a storage. */
  record TensorValue(TensorView view) implements PickleValue {
    @Override
    public String describe() {
      return "a tensor";
    }
  }

  /** A tensor that is not read, and why. */
  record OddTensor(String reason) implements PickleValue {
    @Override
    public String describe() {
      return reason;
    }
  }

  /** A storage, to make tensors of. */
  record StorageValue(Storage storage) implements PickleValue {
    @Override
    public String describe() {
      return "a storage";
    }
  }

  /** A function or class that may be called. */
  record Callable(TorchFunction function) implements PickleValue {
    @Override
    public String describe() {
      return "a function";
    }
  }

  /** A class of storages. */
  record StorageClass(StorageType type) implements PickleValue {
    @Override
    public String describe() {
      return "torch." + type;
    }
  }

  /** An element type. */
  record TypeName(DType dtype) implements PickleValue {
    @Override
    public String describe() {
      return "the type " + dtype;
    }
  }

  /** Something harmless that no tensor needs; only what it is is kept. */
  record Opaque(String what) implements PickleValue {
    @Override
    public String describe() {
      return "an object " + what;
    }
  }
}
