package dev.sardonyx.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {"dev.sardonyx.onnx", "dev.sardonyx.ort"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_ORT_TOUCHES_ONNX_RUNTIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.ort")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "com.microsoft.onnxruntime..");

  @ArchTest
  static final ArchRule ENGINE_AND_PROBE_LOAD_WITHOUT_ONNX_RUNTIME =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("OrtEngine")
          .or()
          .haveSimpleName("OrtProbe")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_ONNX_TOUCHES_PROTOBUF =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sardonyx.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule INTERNAL_MEANS_WHAT_IT_SAYS =
      classes()
          .that()
          .resideInAPackage("dev.sardonyx.onnx.internal..")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("dev.sardonyx.onnx..");

  @ArchTest
  static final ArchRule ONNX_DOES_NOT_KNOW_ORT =
      noClasses()
          .that()
          .resideInAPackage("dev.sardonyx.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sardonyx.ort..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.sardonyx.(**)").should().beFreeOfCycles();
}
