package com.example;

// region contract
import dev.sardonyx.runtime.contract.ModelContract;

final class DigitsContractTest extends ModelContract {
  DigitsContractTest() {
    super(Digits::new);
  }
}
// endregion
