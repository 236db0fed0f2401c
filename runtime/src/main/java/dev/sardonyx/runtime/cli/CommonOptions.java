package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.plan.Choices;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Options that several commands share: the same words mean the same everywhere. */
final class CommonOptions {
  private static final String NO_WINOGRAD = "no-winograd";

  private CommonOptions() {}

  static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  static Option value(String name, String argument, String description) {
    return Option.builder().longOpt(name).hasArg().argName(argument).desc(description).get();
  }

  static Option values(String letter, String name, String argument, String description) {
    return Option.builder(letter).longOpt(name).hasArg().argName(argument).desc(description).get();
  }

  static Option all(String verb) {
    return flag("all", verb + " every registered model; with --models, every one of those");
  }

  static Option engine() {
    return values(
        "e",
        "engine",
        "NAME",
        "an engine: native, ort or ort@cuda (on the GPU), with variants after colons: ort:none, ort:basic,"
            + " ort:extended, ort:all (its optimisations); native:scalar, native:vector, native:machine"
            + " (kernels), native:fp16, native:bf16, native:int8, native:int4 (storage of weights),"
            + " native:precision-fast, native:no-winograd, native:as-written, native:no-PASS (a word that"
            + " there is not is answered by all there are); may be given again, the last is the"
            + " reference");
  }

  static Option dim() {
    return values(
        "d",
        "dim",
        "NAME=SIZE",
        "the size of a symbolic dim, such as batch=4; default 2 for first dims (bench and summary: 1), 32 for others");
  }

  static Option weightsAs() {
    return value(
        "weights-as",
        "TYPE",
        "how the native engine stores weights: " + words() + "; arithmetic stays float32");
  }

  private static String words() {
    return Arrays.stream(WeightStorage.values())
        .map(WeightStorage::word)
        .collect(Collectors.joining(", "));
  }

  static Option precision() {
    return value(
        "precision",
        "WORD",
        "how exactly the native engine multiplies: float32; fast (about 4e-6) and bf16 (2e-3) on AMX"
            + " tiles, float32 where there are none");
  }

  /** What {@link #precision()} says, float32 where it is not there. Errors: USAGE. */
  static Precision precision(Invocation invocation) {
    return invocation
        .value("precision")
        .map(
            word ->
                Precision.of(word)
                    .orElseThrow(
                        () ->
                            new SardonyxException(
                                ErrorCode.USAGE,
                                "--precision takes one of %s, found '%s'"
                                    .formatted(precisions(), word))))
        .orElse(Precision.FLOAT32);
  }

  /** Why the precision that is asked for is not used, if it is not. Errors: USAGE. */
  static Optional<String> lack(Invocation invocation) {
    Precision asked = precision(invocation);
    return asked == Precision.FLOAT32
        ? Optional.empty()
        : Choices.lack(asked, KernelSelection.fastest().kernels());
  }

  private static String precisions() {
    return Arrays.stream(Precision.values()).map(Precision::word).collect(Collectors.joining(", "));
  }

  static Option tune() {
    return flag(
        "tune",
        "measure at open which way to compute each node is the fastest here, some seconds at most;"
            + " kept in sardonyx among the user's caches (XDG_CACHE_HOME, else ~/.cache, or"
            + " -Dsardonyx.cache=DIR)");
  }

  /** Whether ways to compute nodes are measured. */
  static boolean tuned(Invocation invocation) {
    return invocation.has("tune");
  }

  /** The options of a session with what these options say. Errors: USAGE. */
  static SessionOptions session(Invocation invocation, SessionOptions options) {
    SessionOptions asked =
        options
            .weightsAs(storage(invocation))
            .precision(precision(invocation))
            .winograd(winograd(invocation));
    return tuned(invocation) ? asked.tuned() : asked;
  }

  /** What {@link #weightsAs} says, float32 where it is not there. Errors: USAGE. */
  static WeightStorage storage(Invocation invocation) {
    return invocation
        .value("weights-as")
        .map(
            word ->
                WeightStorage.of(word)
                    .orElseThrow(
                        () ->
                            new SardonyxException(
                                ErrorCode.USAGE,
                                "--weights-as takes one of %s, found '%s'"
                                    .formatted(words(), word))))
        .orElse(WeightStorage.FLOAT32);
  }

  static Option noWinograd() {
    return flag(
        NO_WINOGRAD,
        "convolutions without Winograd's transforms: slower, and closer to ONNX Runtime's");
  }

  /** Whether convolutions may use Winograd's transforms. */
  static boolean winograd(Invocation invocation) {
    return !invocation.has(NO_WINOGRAD);
  }

  static Option seed() {
    return value("seed", "N", "seed of initial weights and random inputs; default 0");
  }

  /** What every command understands. */
  static Options everywhere() {
    return new Options()
        .addOption(Option.builder("h").longOpt("help").desc("show this help").get())
        .addOption(flag("json", "print JSON Lines for machines"))
        .addOption(
            value("models", "PATH", "folders and jars with more models, as in a class path"));
  }
}
