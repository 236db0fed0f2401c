package dev.sardonyx.apitest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sardonyx.api.nn.NnModule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sardonyx.api");

  @Test
  void apiNeedsJavaBaseAndJspecifyOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.sardonyx.api..",
            "org.jspecify.annotations",
            "java.lang..",
            "java.io..",
            "java.math..",
            "java.nio..",
            "java.time..",
            "java.util.function..",
            "java.util.stream..",
            "java.util.concurrent..",
            "java.util.regex..",
            "java.util")
        .check(API);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.sardonyx.(**)").should().beFreeOfCycles().check(API);
  }

  @Test
  void noStaticFieldIsMutable() {
    fields().that().areStatic().should().beFinal().check(API);
  }

  @Test
  void layersHaveNoSubclassesOfTheirOwn() {
    classes()
        .that()
        .resideInAPackage("dev.sardonyx.api.nn")
        .and()
        .areAssignableTo(NnModule.class)
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(API);
  }
}
