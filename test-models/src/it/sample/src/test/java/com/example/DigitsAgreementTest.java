package com.example;

import static dev.sardonyx.runtime.contract.EngineAssertions.assertEnginesAgree;

import org.junit.jupiter.api.Test;

class DigitsAgreementTest {
  @Test
  void bothEnginesAgree() {
    // region agree
    assertEnginesAgree(new Digits()); // eagerly, natively and on ONNX Runtime, node by node
    // endregion
  }
}
