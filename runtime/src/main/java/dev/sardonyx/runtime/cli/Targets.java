package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.ModelDescriptor;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;

/** Finds models by name or file. */
final class Targets {
  /** What to say where there is no model. */
  static final String NONE =
      "there is no model on the class path; --models target/classes names classes with @Model, in"
          + " whose build the annotation processor is";

  private final ClassLoader loader;

  /** The folders and jars that were named besides the class path. */
  private final List<Path> named;

  private Targets(ClassLoader loader, List<Path> named) {
    this.loader = loader;
    this.named = named;
  }

  /**
   * The models of this process's class path and of more folders and jars. Errors: FILE, also
   * without models.
   */
  static Targets onClassPath(String more) {
    ClassLoader own = Targets.class.getClassLoader();
    if (more.isEmpty()) {
      return new Targets(own, List.of());
    }
    List<URL> urls = new ArrayList<>();
    List<Path> named = new ArrayList<>();
    for (String entry : more.split(File.pathSeparator)) {
      Path path = FileNames.path(entry);
      if (!Files.exists(path)) {
        throw new SardonyxException(
            ErrorCode.FILE, "--models names a folder or jar that does not exist: " + entry);
      }
      try {
        urls.add(path.toUri().toURL());
        named.add(path.toRealPath());
      } catch (IOException wrong) {
        throw new SardonyxException(ErrorCode.FILE, "--models: " + wrong.getMessage(), wrong);
      }
    }
    var targets = new Targets(new URLClassLoader(urls.toArray(new URL[0]), own), named);
    if (targets.all().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.FILE,
          "--models: expected folders or jars with models, such as target/classes, found none in "
              + more
              + "; is the annotation processor in their build?");
    }
    return targets;
  }

  /** The names that --all stands for: those of the folders and jars that were named, or all. */
  List<String> all() {
    return registry().entrySet().stream()
        .filter(model -> named.isEmpty() || isNamed(model.getValue().type()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a class lies in what was named, though a loader may have found it elsewhere first. */
  private boolean isNamed(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source != null && named.contains(Path.of(source.getLocation().toURI()).toRealPath());
    } catch (URISyntaxException | IOException | FileSystemNotFoundException _) {
      return false; // neither a folder nor a jar
    }
  }

  /** The registered models by name. */
  SortedMap<String, ModelDescriptor<?>> registry() {
    return Descriptors.registry(loader);
  }

  /**
   * Whether a model is registered under a name, or would be without the ending of quantised ones.
   */
  boolean isRegistered(String name) {
    boolean quantized = name.endsWith(QuantizedTarget.ENDING);
    int end = name.length() - QuantizedTarget.ENDING.length();
    return registry().containsKey(name)
        || quantized && registry().containsKey(name.substring(0, end));
  }

  /** The target of a MODEL argument. Errors: NOT_FOUND with the nearest names, or the file's. */
  Target find(String argument, long seed) {
    ModelDescriptor<?> descriptor = registry().get(argument);
    if (descriptor != null) {
      Sardonyx.manualSeed(seed);
      return new Target.Registered(
          argument, OwnCode.run("making " + descriptor.type().getName(), descriptor::create));
    }
    if (argument.endsWith(QuantizedTarget.ENDING) && isRegistered(argument)) {
      int end = argument.length() - QuantizedTarget.ENDING.length();
      return QuantizedTarget.of(argument, find(argument.substring(0, end), seed), seed);
    }
    Path path = FileNames.path(argument);
    boolean looksLikeFile = argument.contains(".") || argument.contains(File.separator);
    if (looksLikeFile || Files.exists(path)) {
      ModelFormat format = format(path);
      return new Target.FromFile(argument, format.read(path), format.facts(path));
    }
    throw new SardonyxException(
        ErrorCode.NOT_FOUND,
        "there is no model '"
            + argument
            + "'"
            + NearestNames.hint(argument, registry().keySet())
            + "; registered: "
            + String.join(", ", registry().keySet())
            + (named.isEmpty() ? "; classes of your own: --models target/classes" : ""));
  }

  /** Whether an argument is neither a model's name nor a model file, but looks like a file. */
  boolean isCheckpoint(String argument) {
    boolean looksLikeFile =
        argument.contains(".")
            || argument.contains(File.separator)
            || Files.exists(FileNames.path(argument));
    // Without the bridge no format claims .onnx, and it is no checkpoint for that.
    return looksLikeFile
        && !argument.endsWith(".onnx")
        && !registry().containsKey(argument)
        && formats().stream().noneMatch(format -> argument.endsWith(format.extension()));
  }

  private List<ModelFormat> formats() {
    List<ModelFormat> formats = new ArrayList<>();
    ServiceLoader.load(ModelFormat.class, loader).forEach(formats::add);
    return formats;
  }

  /** The format of single values. Errors: UNSUPPORTED, saying what to add. */
  DataFormat values() {
    return ServiceLoader.load(DataFormat.class, loader)
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.UNSUPPORTED,
                    "files of values need dev.sardonyx:sardonyx-onnx-bridge on the class path"));
  }

  /** The format of a file by its extension. Errors: UNSUPPORTED, saying what there is or lacks. */
  ModelFormat format(Path path) {
    return format(path, "weights go to a registered model: MODEL --weights " + path);
  }

  /** The same, with what else the user may have meant where it ends otherwise. */
  ModelFormat format(Path path, String meant) {
    List<ModelFormat> formats = formats();
    return formats.stream()
        .filter(format -> path.toString().endsWith(format.extension()))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                        ErrorCode.UNSUPPORTED,
                        formats.isEmpty()
                            ? "model files need dev.sardonyx:sardonyx-onnx-bridge on the class path"
                            : "a model file must end in "
                                + formats.stream().map(ModelFormat::extension).toList()
                                + "; "
                                + meant)
                    .in(path.toString()));
  }
}
