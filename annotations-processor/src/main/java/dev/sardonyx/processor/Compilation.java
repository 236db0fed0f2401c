package dev.sardonyx.processor;

import dev.sardonyx.processor.check.Checks;
import dev.sardonyx.processor.check.Problems;
import dev.sardonyx.processor.check.RegistryCheck;
import dev.sardonyx.processor.check.SetupCheck;
import dev.sardonyx.processor.model.ClassName;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.RegistryEntry;
import dev.sardonyx.processor.read.Api;
import dev.sardonyx.processor.read.EarlierRegistry;
import dev.sardonyx.processor.read.ModuleReader;
import dev.sardonyx.processor.read.Provisions;
import dev.sardonyx.processor.read.Resolution;
import dev.sardonyx.processor.read.RoundReader;
import dev.sardonyx.processor.read.SourceLines;
import dev.sardonyx.processor.weights.WeightsCheck;
import dev.sardonyx.processor.weights.WeightsFolder;
import dev.sardonyx.processor.write.DescriptorWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic.Kind;

/** One run of the compiler: its rounds, and what is kept from one to the next. */
final class Compilation {
  private final ProcessingEnvironment environment;
  private final Elements elements;
  private final SourceLines lines;
  private final DescriptorWriter writer;
  private final EarlierRegistry earlier;
  private final WeightsFolder weights;
  private final Optional<ShapeCheck> shapes;
  private final Set<String> compiled = new LinkedHashSet<>();
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<ClassName> described = new LinkedHashSet<>();
  private Optional<RegistryCheck> registry = Optional.empty();
  private boolean failed;

  Compilation(ProcessingEnvironment environment) {
    this.environment = environment;
    elements = environment.getElementUtils();
    lines = SourceLines.of(environment);
    writer = new DescriptorWriter(environment.getFiler(), elements);
    earlier = new EarlierRegistry(environment.getFiler(), elements);
    weights = WeightsFolder.of(environment.getOptions());
    shapes = ShapeCheck.begin(environment, new Options(environment.getOptions()));
  }

  void process(RoundEnvironment round) {
    var problems = new Problems();
    if (round.processingOver()) {
      shapes.filter(_ -> !failed && waiting.isEmpty()).ifPresent(check -> check.add(described));
      // Where the build fails anyway, the registry of the last good build stays.
      if (!failed && waiting.isEmpty() && !round.errorRaised()) {
        described().findFirst().ifPresent(type -> guarded(type, problems, () -> end(problems)));
      }
    } else {
      List<TypeElement> types = RoundReader.types(round);
      types.stream().limit(1).forEach(type -> guarded(type, problems, () -> next(types, problems)));
      failed |= problems.hasErrors();
    }
    new Reporter(environment.getMessager(), lines).report(problems);
  }

  private void next(List<TypeElement> types, Problems problems) {
    if (isSetUp(types, problems)) {
      process(types, problems);
    }
  }

  private boolean isSetUp(List<TypeElement> types, Problems problems) {
    Optional<TypeElement> place = types.stream().filter(RoundReader::isDescribed).findFirst();
    if (place.isEmpty()) {
      return Api.missing(elements).isEmpty();
    }
    var check = new SetupCheck(problems);
    List<String> missing = Api.missing(elements);
    if (!missing.isEmpty()) {
      check.missing(place.get(), missing);
      return false;
    }
    return check.fits(place.get(), Api.descriptorMethods(elements));
  }

  private void process(List<TypeElement> types, Problems problems) {
    types.forEach(type -> compiled.add(type.getQualifiedName().toString()));
    List<TypeElement> now = Stream.concat(elements(waiting), types.stream()).toList();
    waiting.clear();
    var checks = new Checks(problems, registry(types, problems));
    var reader = new ModuleReader(elements, environment.getTypeUtils(), lines);
    List<ModuleClass> wanted = new ArrayList<>();
    for (TypeElement type : now) {
      guarded(type, problems, () -> read(type, reader, checks).ifPresent(wanted::add));
    }
    types.stream()
        .filter(type -> !type.getNestingKind().isNested())
        .forEach(
            type -> guarded(type, problems, () -> lines.localClasses(type).forEach(checks::check)));
    types.forEach(type -> guarded(type, problems, () -> checkStrayWeights(type, problems)));
    wanted.forEach(type -> guarded(type.element(), problems, () -> checkWeights(type, problems)));
    // The build fails with the first error: a descriptor could only add errors of its own.
    if (!failed && !problems.hasErrors()) {
      wanted.forEach(type -> guarded(type.element(), problems, () -> write(type, problems)));
    }
  }

  private Stream<TypeElement> elements(Collection<String> names) {
    return List.copyOf(names).stream().map(elements::getTypeElement).filter(Objects::nonNull);
  }

  /** Checks a class; gives it back if it is one to write a descriptor for. */
  private Optional<ModuleClass> read(TypeElement type, ModuleReader reader, Checks checks) {
    boolean wanted = RoundReader.isDescribed(type);
    boolean heir = RoundReader.isUndescribedHeir(type);
    if ((wanted || heir) && !Resolution.isComplete(type)) {
      waiting.add(type.getQualifiedName().toString());
      return Optional.empty();
    }
    Optional<ModuleClass> module =
        wanted || heir ? Optional.of(reader.read(type)) : Optional.empty();
    module.ifPresent(wanted ? checks::check : checks::checkHeir);
    boolean forwardMissing = module.map(Checks::isForwardMissing).orElse(false);
    checks.check(RoundReader.strayInputs(type), forwardMissing);
    return module.filter(_ -> wanted);
  }

  private void checkStrayWeights(TypeElement type, Problems problems) {
    var check = new WeightsCheck(problems, weights);
    RoundReader.strayWeights(type).ifPresent(mark -> check.misplaced(type, mark));
  }

  private void checkWeights(ModuleClass type, Problems problems) {
    var check = new WeightsCheck(problems, weights);
    RoundReader.weights(type.element())
        .ifPresent(
            mark -> {
              // What the model has is known later: ShapeCheck goes on from here.
              check.check(type.element(), mark, Optional.empty());
              if (shapes.isEmpty() && new Options(environment.getOptions()).isVerbose()) {
                String note = WeightsCheck.unchecked(type.element(), mark);
                environment.getMessager().printMessage(Kind.NOTE, note, type.element());
              }
            });
  }

  private void write(ModuleClass type, Problems problems) {
    try {
      writer.write(type);
      described.add(type.name());
    } catch (IOException error) {
      new SetupCheck(problems).cannotWrite(type.element(), type.name().descriptor(), error);
    }
  }

  /** Made in the first round, which has all classes that are not generated ones. */
  private RegistryCheck registry(List<TypeElement> types, Problems problems) {
    if (registry.isEmpty()) {
      List<RegistryEntry> entries = List.of();
      try {
        entries = earlier.read(compiled);
      } catch (IOException error) {
        new SetupCheck(problems).outputFolder(types.getFirst(), RegistryEntry.RESOURCE, error);
      }
      registry = Optional.of(new RegistryCheck(earlier.models(entries)));
    }
    return registry.get();
  }

  private Stream<TypeElement> described() {
    return elements(described.stream().map(ClassName::canonical).toList());
  }

  private void end(Problems problems) {
    List<TypeElement> sources = described().toList();
    Provisions.module(sources.getFirst(), elements)
        .ifPresent(module -> checkProvisions(module, sources.getFirst(), problems));
    try {
      Stream<RegistryEntry> ours = described.stream().map(RegistryEntry::of);
      Stream<RegistryEntry> others = earlier.read(compiled).stream();
      writer.writeRegistry(Stream.concat(others, ours).toList(), sources);
    } catch (IOException error) {
      new SetupCheck(problems).outputFolder(sources.getFirst(), RegistryEntry.RESOURCE, error);
    }
  }

  private void checkProvisions(ModuleElement module, TypeElement place, Problems problems) {
    List<String> written = described.stream().map(ClassName::descriptor).toList();
    List<String> missing = Provisions.missing(module, written);
    if (!missing.isEmpty()) {
      String name = module.getQualifiedName().toString();
      new SetupCheck(problems).notProvided(place, name, missing);
    }
  }

  /** A fault of ours must not look like a class without mistakes. */
  private static void guarded(TypeElement type, Problems problems, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      new SetupCheck(problems).internal(type, fault);
    }
  }
}
