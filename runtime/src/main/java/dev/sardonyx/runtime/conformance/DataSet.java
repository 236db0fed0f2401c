package dev.sardonyx.runtime.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One set of inputs of a case.
 *
 * @param group the folder that cases of a kind share, such as {@code node}; empty where cases lie
 *     in the folder itself
 * @param caseName the case's folder, after the group's where there is one: {@code node/test_abs}
 * @param name the folder of the inputs: {@code test_data_set_0}
 * @param folder the case's folder
 */
public record DataSet(String group, String caseName, String name, Path folder) {

  /** The model. */
  Path model() {
    return folder.resolve("model.onnx");
  }

  /** The file of an input, by its place among the inputs that are no initializers. */
  Path input(int index) {
    return folder.resolve(name).resolve("input_" + index + ".pb");
  }

  /** The file of an expected output, by its place among the outputs; it may not be there. */
  Path expected(int index) {
    return folder.resolve(name).resolve("output_" + index + ".pb");
  }

  /** Whether outputs are there to compare with. */
  boolean isJudged() {
    return Files.exists(expected(0));
  }

  /** Where results go, under the folder for all of them. */
  Path results(Path out) {
    return out.resolve(caseName).resolve(name);
  }

  /** The file of a result. */
  Path result(Path out, int index) {
    return results(out).resolve("output_" + index + ".pb");
  }
}
