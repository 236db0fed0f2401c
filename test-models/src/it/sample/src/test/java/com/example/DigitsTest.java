package com.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.check.CrossCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
  @TempDir Path folder;

  @Test
  void runsExportsAndChecks() {
    Tensor x = Tensor.ones(2, 1, 28, 28);
    Path file = folder.resolve("digits.onnx");
    // region use
    var model = new Digits();
    System.out.println(model.describe()); // PyTorch's print(model), to the letter
    LoadReport report = model.load(new Digits().stateDict()); // weights by PyTorch's names
    Tensor eager = model.forward(x); // define-by-run: println and breakpoints work
    Tensor compiled;
    try (Session session = Sardonyx.open(model)) { // what production uses
      compiled = session.run(x);
    }
    Onnx.export(model, file); // the same model, the same bytes
    CrossCheck.of(model).engines("native", "ort").run().orThrow(); // node by node
    // endregion
    assertTrue(report.isComplete());
    assertTrue(Files.exists(file));
    assertEquals("float32[2, 10]", eager.type().toString());
    assertArrayEquals(eager.floats(), compiled.floats(), 1e-5f);
  }
}
