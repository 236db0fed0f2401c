package dev.sardonyx.models;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** Who may enter which room: DESIGN's arrows, over all modules at once. */
@AnalyzeClasses(packages = "dev.sardonyx", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String API = "dev.sardonyx.api..";

  @ArchTest
  static final ArchRule apiKnowsNobody =
      classes()
          .that()
          .resideInAPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(API, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule bandsMeetOnlyThroughServices =
      noClasses()
          .that()
          .resideInAPackage("dev.sardonyx.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sardonyx.onnx..", "dev.sardonyx.ort..");

  @ArchTest
  static final ArchRule bridgeDoesNotKnowTheNativeEngine =
      noClasses()
          .that()
          .resideInAnyPackage("dev.sardonyx.onnx..", "dev.sardonyx.ort..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sardonyx.runtime..");

  @ArchTest
  static final ArchRule onnxRuntimeIsTouchedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.ort..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule protobufEndsAtTheBorder =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sardonyx.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule commandLineLibraryStaysInTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.runtime.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.cli..");

  @ArchTest
  static final ArchRule junitStaysInTheContract =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.runtime.contract")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.junit..", "org.opentest4j..");

  @ArchTest
  static final ArchRule vectorApiStaysInTheKernels =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.runtime.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  /** A JVM may lack its module: only what is not loaded without a recording may need it. */
  @ArchTest
  static final ArchRule flightRecorderStaysInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.runtime.flight")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.jfr..");

  @ArchTest
  static final ArchRule addressesAreCalledAndMadeIntoMemoryInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sardonyx.runtime.machine", "dev.sardonyx.ort..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Linker.class, SymbolLookup.class)
          .orShould()
          .callMethodWhere(
              target(owner(type(MemorySegment.class)))
                  .and(target(nameMatching("reinterpret|ofAddress"))));

  @ArchTest
  static final ArchRule modelsKnowOnlyTheApi =
      classes()
          .that()
          .resideInAPackage("dev.sardonyx.models..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              API,
              "dev.sardonyx.models..",
              "java..",
              "javax.annotation.processing..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.sardonyx.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodySetsSystemProperties =
      noClasses().should().callMethod(System.class, "setProperty", String.class, String.class);

  @ArchTest
  static final ArchRule reflectionStaysInOneClassAndInTheCompiler =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("VectorModule")
          .and()
          .resideOutsideOfPackages(
              "dev.sardonyx.onnx.internal.proto..", "dev.sardonyx.processor.follow..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect..");
}
