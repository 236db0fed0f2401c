package demo;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import library.LibraryModule;

class OtherPackage extends LibraryModule {
  @Layer Parameter own;
}

class WithForward extends LibraryModule {
  @Override
  @Forward
  public Tensor compute(Tensor x) {
    return x;
  }
}
