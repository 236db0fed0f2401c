package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How the native engine computes.
 *
 * @param name the engine's, with the words that made it
 * @param selection the kernels, and why these
 * @param compiling the compiler for a set of kernels
 * @param fixed what sessions have to be like, whatever their options say
 */
record NativeVariant(
    String name,
    KernelSelection selection,
    Function<Kernels, Compiler> compiling,
    UnaryOperator<SessionOptions> fixed) {
  private static final String WITHOUT = "no-";
  private static final String WINOGRAD = WITHOUT + "winograd";
  private static final String AS_WRITTEN = "as-written";

  /** Products in a precision; the word alone may be a storage's. */
  private static final String PRECISION = "precision-";

  /** The engine on a set of kernels. */
  static NativeVariant of(KernelSelection selection, Function<Kernels, Compiler> compiling) {
    return new NativeVariant("native", selection, compiling, UnaryOperator.identity());
  }

  /** The passes that sessions on a set of kernels use. */
  static Compiler standard(Kernels kernels) {
    return Compiler.standard(new NativeEvaluator(kernels), kernels.hasIntegerProducts());
  }

  /** The same with all sessions on a device. */
  NativeVariant on(Device device) {
    return new NativeVariant(
        name, selection, compiling, options -> fixed.apply(options).on(device));
  }

  Compiler compiler() {
    return compiling.apply(selection.kernels());
  }

  /** All words: kernels, storages of weights, precisions, and what can be left out. */
  List<String> words() {
    List<String> words = new ArrayList<>(KernelSelection.words());
    Arrays.stream(WeightStorage.values()).map(WeightStorage::word).forEach(words::add);
    Arrays.stream(Precision.values()).map(one -> PRECISION + one.word()).forEach(words::add);
    words.add(AS_WRITTEN);
    words.add(WINOGRAD);
    compiler().names().forEach(pass -> words.add(WITHOUT + pass));
    return words;
  }

  /** The same with what a word says; empty for none of {@link #words}. Errors: ENGINE. */
  Optional<NativeVariant> with(String word) {
    if (!words().contains(word)) {
      return Optional.empty();
    }
    String full = name + ":" + word;
    if (KernelSelection.words().contains(word)) {
      return Optional.of(new NativeVariant(full, KernelSelection.of(word), compiling, fixed));
    }
    if (word.startsWith(WITHOUT) && !word.equals(WINOGRAD)) {
      String pass = word.substring(WITHOUT.length());
      return Optional.of(
          new NativeVariant(full, selection, compiling.andThen(all -> all.without(pass)), fixed));
    }
    return Optional.of(
        new NativeVariant(
            full, selection, compiling, options -> option(word, fixed.apply(options))));
  }

  private static SessionOptions option(String word, SessionOptions options) {
    return switch (word) {
      case AS_WRITTEN -> options.asWritten();
      case WINOGRAD -> options.winograd(false);
      default ->
          word.startsWith(PRECISION)
              ? options.precision(Precision.of(word.substring(PRECISION.length())).orElseThrow())
              : options.weightsAs(WeightStorage.of(word).orElseThrow());
    };
  }
}
