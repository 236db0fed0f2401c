package dev.sardonyx.processor.follow;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the compiler says of a call of the library that fails. */
final class Mistake {
  private final Interpreter interpreter;
  private final Frame frame;
  private final Tree tree;
  private final SardonyxException error;
  private final Object receiver;
  private final List<Object> arguments;
  private final List<ShapeRecorder.Failure> failures;

  Mistake(
      Interpreter interpreter,
      Frame frame,
      Tree tree,
      SardonyxException error,
      Object receiver,
      List<Object> arguments) {
    this.interpreter = interpreter;
    this.frame = frame;
    this.tree = tree;
    this.error = error;
    this.receiver = receiver;
    this.arguments = arguments;
    failures = interpreter.recorder().takeFailures();
  }

  /** The finding; empty where the error may only mean that something is not known here. */
  Optional<Finding> finding() {
    return switch (error.code()) {
      case SHAPE, DTYPE -> error.mismatch().map(this::mismatch);
      case ARGUMENT, NOT_FOUND -> Optional.of(plain());
      case TRACED_CONTENTS, GRAPH, UNSUPPORTED, MODEL, STATE, INPUT -> Optional.empty();
      case FILE, FORMAT, LIMIT, ENGINE, INTERRUPTED, CHECK, USAGE -> Optional.empty();
    };
  }

  private Finding plain() {
    return finding(error.code().text(), error.reason(), chains());
  }

  private Finding mismatch(Mismatch mismatch) {
    List<String> details = new ArrayList<>(chains());
    if (!mismatch.formula().isEmpty() && !error.reason().contains(mismatch.formula())) {
      details.add(mismatch.formula());
    }
    fix(mismatch).ifPresent(details::add);
    return finding(mismatch.law(), headline(mismatch), details);
  }

  private Finding finding(String law, String headline, List<String> details) {
    var text = new StringBuilder("[" + law + "] " + headline);
    details.forEach(line -> text.append("\n  ").append(line));
    return new Finding(frame.unit(), place(), text.toString());
  }

  /** As javac does it: at the dot before the method's name, which tells the links of a chain. */
  private Tree place() {
    return tree instanceof MethodInvocationTree call ? call.getMethodSelect() : tree;
  }

  private String headline(Mismatch mismatch) {
    String name = name();
    if (!isOfArgument(mismatch) || mismatch.type().isEmpty()) {
      return name.isEmpty() || isSaid(name) ? error.reason() : name + ": " + error.reason();
    }
    return (name.isEmpty() ? "" : name + " = ")
        + mismatch.owner()
        + "("
        + shortened(mismatch.argument())
        + "="
        + mismatch.expected()
        + ") receives "
        + mismatch.type();
  }

  /** Whether the reason begins with the name as it is: {@code softmax: Softmax: axis 2 ...}. */
  private boolean isSaid(String name) {
    String first = error.reason().split("[: ]", 2)[0].replace("_", "");
    return first.equalsIgnoreCase(name.replace("_", ""));
  }

  /** {@code in} of inFeatures and inChannels, as people say. */
  private static String shortened(String argument) {
    return argument.replaceFirst("^in(Features|Channels)$", "in");
  }

  /** The layer that failed, by its path in the model or as the source calls it. */
  private String name() {
    String path =
        failures.stream()
            .map(failure -> interpreter.recorder().label(failure.module()))
            .filter(label -> !label.isEmpty())
            .findFirst()
            .orElse("");
    boolean onModule = receiver instanceof NnModule && tree instanceof MethodInvocationTree;
    return path.isEmpty() && onModule
        ? interpreter.sources().receiver(frame.unit(), (MethodInvocationTree) tree)
        : path;
  }

  /** How what the call was given came to be, a line for each. */
  private List<String> chains() {
    if (!failures.isEmpty()) {
      return failures.getFirst().chains();
    }
    List<Tensor> operands =
        Stream.concat(Stream.of(receiver), arguments.stream())
            .flatMap(each -> each instanceof List<?> list ? list.stream() : Stream.of(each))
            .filter(Tensor.class::isInstance)
            .map(Tensor.class::cast)
            .limit(4)
            .toList();
    return interpreter.chain().to(operands);
  }

  /** What to write instead, where it is a layer's argument that does not fit. */
  private Optional<String> fix(Mismatch mismatch) {
    if (mismatch.law().equals("DType")) {
      return conversion(mismatch.expected());
    }
    if (!isOfArgument(mismatch)) {
      return Optional.empty();
    }
    String found = mismatch.found();
    if (!found.matches("[0-9\\[\\], ]+")) {
      return Optional.of(
          "%s is a number, and this dim is %s: give the input a fixed size"
              .formatted(mismatch.argument(), found));
    }
    return failures.stream()
        .map(failure -> interpreter.creations().made(failure.module()))
        .flatMap(Optional::stream)
        .flatMap(made -> Constructions.with(made, mismatch, interpreter.library()).stream())
        .findFirst()
        .map(call -> "use " + call)
        .or(() -> Optional.of("use %s = %s".formatted(mismatch.argument(), found)));
  }

  /** A type that is wanted, said of the input or of the tensor that is made of it. */
  private Optional<String> conversion(String expected) {
    Optional<DType> wanted =
        Arrays.stream(DType.values())
            .filter(each -> expected.matches("\\[?" + each + "\\b.*"))
            .findFirst();
    boolean input = chains().stream().limit(1).noneMatch(chain -> chain.contains(" -> "));
    return wanted.map(
        dtype ->
            (input ? "declare the input with dtype = DType.%1$s, or " : "")
                .concat("convert it: .to(DType.%1$s)")
                .formatted(dtype.name()));
  }

  /** Whether the argument's own value is what does not fit, so that what was found would. */
  private static boolean isOfArgument(Mismatch mismatch) {
    return mismatch.law().equalsIgnoreCase(mismatch.argument());
  }
}
