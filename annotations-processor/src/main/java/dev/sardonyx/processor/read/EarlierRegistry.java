package dev.sardonyx.processor.read;

import dev.sardonyx.processor.model.ClassName;
import dev.sardonyx.processor.model.KebabCase;
import dev.sardonyx.processor.model.ModelMark;
import dev.sardonyx.processor.model.Registration;
import dev.sardonyx.processor.model.RegistryEntry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * What earlier compilations registered in the same output folder. An incremental build compiles a
 * few classes only; the others must stay registered, and those that are gone must not.
 */
public final class EarlierRegistry {
  private final Filer filer;
  private final Elements elements;

  /** A reader of the output folder. */
  public EarlierRegistry(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
  }

  /**
   * The entries that still hold.
   *
   * @param compiledNow canonical names of all classes of this compilation: these register anew
   */
  public List<RegistryEntry> read(Set<String> compiledNow) throws IOException {
    return resource("", RegistryEntry.RESOURCE)
        .map(
            bytes ->
                new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> RegistryEntry.parse(line).stream()))
        .orElse(Stream.of())
        .filter(entry -> holds(entry, compiledNow))
        .toList();
  }

  private boolean holds(RegistryEntry entry, Set<String> compiledNow) {
    boolean described =
        entry
            .describedBinaryName()
            .map(name -> !compiledNow.contains(canonical(name)) && exists(name))
            .orElse(true);
    return described && exists(entry.descriptor());
  }

  /** Whether a class is on the class path, in the sources or in the output folder. */
  private boolean exists(String binaryName) {
    if (elements.getTypeElement(canonical(binaryName)) != null) {
      return true;
    }
    int dot = binaryName.lastIndexOf('.');
    try {
      String place = dot < 0 ? "" : binaryName.substring(0, dot);
      return resource(place, binaryName.substring(dot + 1) + ".class").isPresent();
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static String canonical(String binaryName) {
    return binaryName.replace('$', '.');
  }

  private Optional<byte[]> resource(String packageName, String name) throws IOException {
    try (InputStream stream =
        filer.getResource(StandardLocation.CLASS_OUTPUT, packageName, name).openInputStream()) {
      return Optional.of(stream.readAllBytes());
    } catch (NoSuchFileException | FileNotFoundException none) {
      return Optional.empty();
    }
  }

  /** The models among entries whose classes this compilation can see. */
  public List<Registration> models(List<RegistryEntry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.describedBinaryName().stream())
        .map(name -> elements.getTypeElement(canonical(name)))
        .filter(type -> type != null)
        .flatMap(type -> Marks.model(type).map(mark -> registration(type, mark)).stream())
        .toList();
  }

  private static Registration registration(TypeElement type, ModelMark mark) {
    ClassName name = ClassName.of(type);
    return new Registration(
        mark.value().orElseGet(() -> KebabCase.of(name.simple())), name.canonical());
  }
}
