package dev.sardonyx.processor.write;

import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.RegistryEntry;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/** Writes descriptors, and the registry that ServiceLoader finds them by. */
public final class DescriptorWriter {
  private final Filer filer;
  private final Elements elements;

  /** A writer to the compilation's output. */
  public DescriptorWriter(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
  }

  /** Writes a class's descriptor. */
  public void write(ModuleClass type) throws IOException {
    ModuleElement module = elements.getModuleOf(type.element());
    String generated = "javax.annotation.processing.Generated";
    boolean visible =
        (module == null
                ? elements.getTypeElement(generated)
                : elements.getTypeElement(module, generated))
            != null;
    try (Writer writer =
        filer.createSourceFile(type.name().descriptor(), type.element()).openWriter()) {
      writer.write(new DescriptorSource(type, visible).text());
    }
  }

  /** Writes the registry, the same text for the same entries. */
  public void writeRegistry(List<RegistryEntry> entries, List<TypeElement> sources)
      throws IOException {
    String text =
        new TreeSet<>(entries).stream().map(entry -> entry + "\n").collect(Collectors.joining());
    Element[] origins = sources.toArray(Element[]::new);
    try (Writer writer =
        filer
            .createResource(StandardLocation.CLASS_OUTPUT, "", RegistryEntry.RESOURCE, origins)
            .openWriter()) {
      writer.write(text);
    }
  }
}
